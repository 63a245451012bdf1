//! *Which reports does this mail hold?* A message is one: its subject, sender, day and words. A mailbox holds any number.

use std::io::BufRead;

use annalist_schema::{DayInterval, Report};
use mail_parser::{MessageParser, PartType};

use super::page::text_of;
use super::source::{Few, Made, Source};
use super::{MAX_REPORT_BYTES, Outcome, failure, id};

/// Largest message, with what is attached to it.
pub const LARGEST: usize = 64 << 20;

const FORMAT: &str = "mail";

/// The report of one message.
pub fn message(name: &str, bytes: &[u8]) -> Few {
    Few::new([outcome(name, None, bytes)])
}

fn outcome(name: &str, number: Option<usize>, bytes: &[u8]) -> (Outcome, Made) {
    let place = number.map_or_else(|| name.to_owned(), |number| format!("{name}#{number}"));
    let Some(message) = MessageParser::default().parse(bytes) else {
        return (Err(failure(&place, "expected a mail, found none that can be read")), Made::of(FORMAT));
    };
    let bodies = |is_wanted: fn(&PartType<'_>) -> Option<String>| -> Vec<String> {
        message.text_body.iter().filter_map(|at| is_wanted(&message.parts.get(*at as usize)?.body)).collect()
    };
    let plain = bodies(|part| match part {
        PartType::Text(text) => Some(text.replace("\r\n", "\n")),
        PartType::Html(html) => Some(text_of(html)),
        _ => None,
    });
    let text = plain.join("\n\n");
    let date = message.date().filter(|date| date.is_valid());
    let published = date.and_then(|date| DayInterval::parse(date.to_rfc3339().get(..10)?));
    let made = Made { format: FORMAT, dated_by: published.map(|_| "the mail's header".to_owned()) };
    if text.trim().is_empty() || text.len() > MAX_REPORT_BYTES {
        let attached = match message.attachments.len() {
            0 => String::new(),
            n => format!(" but {n} attachment{}, to be given by themselves", if n == 1 { "" } else { "s" }),
        };
        let problem = format!(
            "expected a mail with a text of at most {} MiB, found none{attached}",
            MAX_REPORT_BYTES >> 20
        );
        return (Err(failure(&place, &problem)), made);
    }
    let sender = message.from().and_then(|from| from.first());
    let sender = sender.and_then(|one| one.name().or_else(|| one.address())).map(str::to_owned);
    let own = message.message_id().map(str::to_owned).filter(|_| number.is_some());
    let report = Report {
        id: own.unwrap_or_else(|| {
            number.map_or_else(|| id::of_file(name), |n| format!("{}#{n}", id::of_file(name)))
        }),
        published,
        title: message.subject().map(str::to_owned).filter(|subject| !subject.trim().is_empty()),
        outlet: sender.filter(|sender| !sender.trim().is_empty()),
        text,
        ..Report::default()
    };
    (Ok(report), made)
}

/// Messages one after the other, each begun by a line `From …`.
pub struct Mailbox<'a> {
    name: String,
    reader: Box<dyn BufRead + 'a>,
    number: usize,
    made: Made,
    is_over: bool,
}

impl<'a> Mailbox<'a> {
    /// Of a reader that stands before the first such line.
    pub fn new(name: &str, reader: Box<dyn BufRead + 'a>) -> Self {
        Self { name: name.to_owned(), reader, number: 0, made: Made::of(FORMAT), is_over: false }
    }

    /// The bytes of the next message, and whether it was too long to keep.
    fn message(&mut self) -> std::io::Result<Option<(Vec<u8>, bool)>> {
        let (mut bytes, mut is_too_long, mut has_any, mut line) = (Vec::new(), false, false, Vec::new());
        loop {
            line.clear();
            let n = std::io::Read::take(&mut self.reader, LARGEST as u64).read_until(b'\n', &mut line)?;
            if n == 0 {
                self.is_over = true;
                return Ok(has_any.then_some((bytes, is_too_long)));
            }
            if line.starts_with(b"From ") {
                if has_any {
                    return Ok(Some((bytes, is_too_long)));
                }
                has_any = true;
                continue;
            }
            has_any = has_any || !line.trim_ascii().is_empty();
            // A line of a message that begins so was given a `>`.
            let is_quoted = line.starts_with(b">")
                && line
                    .trim_ascii_start()
                    .iter()
                    .skip_while(|byte| **byte == b'>')
                    .take(5)
                    .copied()
                    .eq(*b"From ");
            if bytes.len() + line.len() > LARGEST {
                is_too_long = true;
                bytes.clear();
            }
            if !is_too_long {
                bytes.extend_from_slice(if is_quoted { &line[1..] } else { &line });
            }
        }
    }
}

impl Source for Mailbox<'_> {
    fn next(&mut self) -> Option<Outcome> {
        if self.is_over {
            return None;
        }
        self.number += 1;
        let place = format!("{}#{}", self.name, self.number);
        match self.message() {
            Err(error) => {
                self.is_over = true;
                Some(Err(failure(&place, &format!("{error}; what comes after was not read"))))
            }
            Ok(None) => None,
            Ok(Some((_, true))) => {
                Some(Err(failure(&place, &format!("a mail of more than {} MiB", LARGEST >> 20))))
            }
            Ok(Some((bytes, false))) => {
                let (outcome, made) = outcome(&self.name, Some(self.number), &bytes);
                self.made = made;
                Some(outcome)
            }
        }
    }

    fn made(&self) -> Made {
        self.made.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MAIL: &str = "From: =?utf-8?q?Se=C3=B1or_R=C3=ADos?= <rios@n.example>\r\nDate: Wed, 3 Mar 2021 23:15:00 -0500\r\n\
        Subject: Attack near Gao\r\nMessage-ID: <1@n.example>\r\nMIME-Version: 1.0\r\n";

    fn check(mail: &str, expected: &str) {
        let mut few = message("p/a.eml", mail.as_bytes());
        let shown = match few.next().unwrap() {
            Err(failure) => failure.to_string(),
            Ok(report) => {
                let or_dash = |text: Option<String>| text.unwrap_or_else(|| "-".to_owned());
                let day = report.published.map(|days| days.format());
                [report.id, or_dash(day), or_dash(report.title), or_dash(report.outlet), report.text]
                    .join(" | ")
            }
        };
        assert_eq!(shown, expected);
    }

    #[test]
    fn a_message_is_a_report() {
        let of = |rest: &str| format!("{MAIL}{rest}");
        let head = "p/a.eml | 2021-03-03 | Attack near Gao | Señor Ríos";
        check(
            &of(
                "Content-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nEl Ni=F1o came.\r\n",
            ),
            &format!("{head} | El Niño came.\n"),
        );
        check(
            &of("Content-Type: text/html\r\n\r\n<p>Rebels attacked.</p><p>Two died.</p>"),
            &format!("{head} | Rebels attacked.\nTwo died."),
        );
        check(
            &of(
                "Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment\r\n\r\n%PDF\r\n--x--\r\n",
            ),
            "p/a.eml: expected a mail with a text of at most 4 MiB, found none but 1 attachment, to be given by themselves",
        );
    }

    #[test]
    fn a_mailbox_holds_many() {
        let mailbox = format!(
            "From a@b Wed Mar  3 10:15:00 2021\n{}\nOne.\n>From here on.\n\nFrom a@b Wed Mar  3 10:15:00 2021\n{}\nTwo.\n",
            MAIL.replace("\r\n", "\n"),
            MAIL.replace("\r\n", "\n").replace("<1@", "<2@")
        );
        let mut mailbox = Mailbox::new("x.mbox", Box::new(mailbox.as_bytes()));
        let mut shown = Vec::new();
        while let Some(outcome) = mailbox.next() {
            shown.push(outcome.map(|report| (report.id, report.text)).unwrap());
        }
        let expected = [("1@n.example", "One.\nFrom here on.\n\n"), ("2@n.example", "Two.\n")];
        assert_eq!(shown, expected.map(|(id, text)| (id.to_owned(), text.to_owned())));
    }
}
