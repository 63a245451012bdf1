//! *May this request be answered?* The server is for its own machine: another name may be another page's trick, and a
//! decision comes from a page of ours or not at all.

/// What headers tell of where a request comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Origin<'a> {
    pub host: Option<&'a str>,
    pub origin: Option<&'a str>,
    /// `Sec-Fetch-Site`.
    pub site: Option<&'a str>,
}

/// The names of this machine.
const NAMES: [&str; 3] = ["127.0.0.1", "localhost", "[::1]"];

impl Origin<'_> {
    /// Whether it is this server that was called, under a name that no stranger can hold.
    pub fn is_to_us(&self, port: u16) -> bool {
        self.host.is_some_and(|host| is_ours(host, port))
    }

    /// Whether a page of ours sent it, as far as a browser tells.
    pub fn is_from_us(&self, port: u16) -> bool {
        let is_site = self.site.is_none_or(|site| matches!(site, "same-origin" | "none"));
        let is_origin = self
            .origin
            .is_none_or(|origin| origin.strip_prefix("http://").is_some_and(|host| is_ours(host, port)));
        is_site && is_origin
    }
}

fn is_ours(host: &str, port: u16) -> bool {
    NAMES.iter().any(|name| host == format!("{name}:{port}") || (port == 80 && host == *name))
}

/// Whether a token is the one given out; takes as long for a wrong one as for the right one.
pub fn is_token(given: Option<&str>, token: &str) -> bool {
    let Some(given) = given.filter(|given| given.len() == token.len()) else { return false };
    given.bytes().zip(token.bytes()).fold(0, |differs, (one, other)| differs | (one ^ other)) == 0
}

/// The token among the cookies of a request.
pub fn cookie(header: &str) -> Option<&str> {
    header.split(';').find_map(|one| one.trim().strip_prefix("annalist="))
}

/// A token that nobody can guess.
pub fn new_token() -> Result<String, getrandom::Error> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes)?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// What a browser may do with an answer: nothing from elsewhere, nothing inside a page, no frame around it.
pub const HEADERS: [(&str, &str); 7] = [
    (
        "content-security-policy",
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; font-src 'self'; \
         form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    ),
    ("x-content-type-options", "nosniff"),
    // Not `no-referrer`: a browser would then say of its own forms that they come from nowhere.
    ("referrer-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cache-control", "no-cache"),
    // What a script fetches to stand beside a list is no page to come back to.
    ("vary", "x-pane"),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn check(host: &str, expected: bool) {
        let origin = Origin { host: Some(host), ..Origin::default() };
        assert_eq!(origin.is_to_us(7060), expected, "{host}");
    }

    #[test]
    fn only_this_machine_is_us() {
        for host in ["127.0.0.1:7060", "localhost:7060", "[::1]:7060"] {
            check(host, true);
        }
        for host in ["127.0.0.1", "localhost:80", "evil.example:7060", "127.0.0.1.evil.example:7060", ""] {
            check(host, false);
        }
        assert!(!Origin::default().is_to_us(7060));
    }

    fn check_from(origin: Option<&str>, site: Option<&str>, expected: bool) {
        assert_eq!(Origin { host: None, origin, site }.is_from_us(7060), expected, "{origin:?} {site:?}");
    }

    #[test]
    fn a_foreign_page_writes_nothing() {
        check_from(None, None, true);
        check_from(Some("http://127.0.0.1:7060"), Some("same-origin"), true);
        check_from(Some("http://evil.example"), None, false);
        check_from(Some("null"), None, false);
        check_from(Some("http://localhost:8080"), Some("same-site"), false);
        check_from(None, Some("cross-site"), false);
    }

    #[test]
    fn a_token_is_the_one_given_out() {
        let token = new_token().unwrap();
        assert!(is_token(Some(&token), &token) && token.len() == 32);
        assert!(
            !is_token(Some(""), &token) && !is_token(None, &token) && !is_token(Some(&token[1..]), &token)
        );
        assert_eq!(cookie("a=b; annalist=xyz; c=d"), Some("xyz"));
    }
}
