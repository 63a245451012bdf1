//! *Is this the same report as that one of the same id?*

use std::fmt::Write;

use annalist_schema::Report;
use sha2::{Digest, Sha256};

/// Sixteen hexadecimal digits of a SHA-256 over everything that came in, without the id and the notes.
pub fn digest(report: &Report) -> String {
    let published = report.published.map(|days| days.format());
    let fields =
        [&published, &report.published_unread, &report.title, &report.outlet, &report.url, &report.lang];
    let mut hash = Sha256::new();
    hash.update(&report.text);
    for field in fields {
        hash.update([0]);
        hash.update(field.as_deref().unwrap_or("\u{1}"));
    }
    for trigger in report.triggers.iter().flatten() {
        hash.update([0]);
        hash.update(&trigger.id);
        hash.update(trigger.span.start.to_le_bytes());
        hash.update(trigger.span.end.to_le_bytes());
    }
    hash.finalize().iter().take(8).fold(String::new(), |mut digits, byte| {
        let _ = write!(digits, "{byte:02x}");
        digits
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_reports_apart_and_knows_them_again() {
        let one = Report { id: "a".to_owned(), text: "It rains.".to_owned(), ..Report::default() };
        let renamed = Report { id: "b".to_owned(), ..one.clone() };
        let other = Report { title: Some("Rain".to_owned()), ..one.clone() };
        let outlet = Report { outlet: Some("Rain".to_owned()), ..one.clone() };
        assert_eq!(digest(&one), digest(&renamed));
        assert_eq!(digest(&one).len(), 16);
        assert_ne!(digest(&one), digest(&other));
        assert_ne!(digest(&other), digest(&outlet));
    }
}
