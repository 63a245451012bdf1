//! *How does a claim look beside the words that state it?* W3C Web Annotations: the words as a quotation and by their
//! position, the code as the body, who says so and what coded it in terms of PROV.

use std::io::{self, Write};

use annalist_schema::{CodePoints, Span};
use serde_json::{Value, json};

use super::account::Saying;
use super::layout::Kind::{List, Object, Text};
use super::layout::{Column, column, object};
use crate::plain;

/// How many characters stand before and behind a quotation, so that it is found again in a text that has changed.
const AROUND: usize = 32;

/// Fields of an annotation.
pub static FIELDS: &[Column<Saying>] = &[
    column("id", Text, "", "Name of the claim.", |saying| {
        format!("urn:annalist:claim:{}", uri(&saying.id())).into()
    }),
    column("type", Text, "", "`Annotation`.", |_| "Annotation".into()),
    column("motivation", Text, "", "`classifying`.", |_| "classifying".into()),
    column(
        "body",
        List,
        "",
        "Textual bodies that tag: the PLOVER type, each mode, the CAMEO code, the status; and the event, which links.",
        body,
    ),
    column(
        "target",
        Object,
        "",
        "The report as `source`, its words as `TextQuoteSelector` (`exact`, `prefix`, `suffix`) and as `TextPositionSelector` (code points, half-open), each naming the same words.",
        target,
    ),
    column(
        "prov:wasGeneratedBy",
        Object,
        "PROV",
        "The reading: by which program, by which rule.",
        |saying| {
            json!({
                "type": "prov:Activity", "prov:wasAssociatedWith": {"type": "prov:SoftwareAgent", "name": super::CODER},
                "prov:used": saying.source.address(), "rule": saying.claim.rule,
            })
        },
    ),
    column(
        "prov:wasAttributedTo",
        List,
        "PROV",
        "Who says so, where the report does not say it in its own voice.",
        |saying| {
            let agent = |name: &String| json!({"type": "prov:Agent", "name": name});
            Value::Array(saying.claim.attributed_to.iter().map(agent).collect())
        },
    ),
    column("confidence", Object, "probability", "How likely the claim is right.", |saying| {
        ((f64::from(saying.claim.score) * 1e4).round() / 1e4).into()
    }),
];

/// What is lost.
pub static LOST: &[&str] = &[
    "What the claims say together: verdicts, preferred values, figures. An annotation is one report's statement.",
    "The parties, places and days as values; their words are in the quotation.",
];

fn body(saying: &Saying) -> Value {
    let claim = &saying.claim;
    let tag = |scheme: &str, value: &str| json!({"type": "TextualBody", "purpose": "tagging", "format": "text/plain", "value": value, "scheme": scheme});
    let mut bodies: Vec<Value> =
        claim.event_type.iter().map(|one| tag("PLOVER type", one.as_str())).collect();
    bodies.extend(claim.modes.iter().map(|mode| tag("PLOVER mode", mode.as_str())));
    bodies.extend(claim.cameo.iter().map(|code| tag("CAMEO", code.as_str())));
    bodies.push(tag("status", claim.status.as_str()));
    let event = format!("urn:annalist:event:{}", uri(&saying.event));
    bodies.push(json!({"type": "SpecificResource", "purpose": "linking", "source": event}));
    Value::Array(bodies)
}

fn target(saying: &Saying) -> Value {
    let (text, span) = (&saying.source.report.text, saying.sentence());
    let points = saying.source.points(span);
    let before: Vec<char> =
        text.get(..span.start as usize).unwrap_or_default().chars().rev().take(AROUND).collect();
    let prefix: String = before.into_iter().rev().collect();
    let suffix: String = text.get(span.end as usize..).unwrap_or_default().chars().take(AROUND).collect();
    json!({
        "source": saying.source.address(),
        "selector": [
            {"type": "TextQuoteSelector", "exact": span.of(text), "prefix": prefix, "suffix": suffix},
            {"type": "TextPositionSelector", "start": points.start, "end": points.end},
        ],
    })
}

/// Whether the position of an annotation names the words that it quotes; for tests.
pub fn names_its_words(annotation: &Value, text: &str) -> bool {
    let selectors = &annotation["target"]["selector"];
    let at = |name: &str| selectors[1][name].as_u64().and_then(|at| u32::try_from(at).ok());
    let (Some(start), Some(end)) = (at("start"), at("end")) else { return false };
    start < end && CodePoints::new(text).to_bytes(Span::new(start, end)).of(text) == selectors[0]["exact"]
}

/// What may not stand in the name of a resource.
fn uri(text: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/:@!$'()*+,;=".contains(&byte);
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match is_plain(byte) {
            true => out.push(char::from(byte)),
            false => out += &format!("%{byte:02X}"),
        }
    }
    out
}

/// Writes one collection with all annotations on its first page.
pub fn write(out: &mut dyn Write, sayings: impl Iterator<Item = Saying>) -> io::Result<()> {
    let context = json!([
        "http://www.w3.org/ns/anno.jsonld",
        {
            "prov": "http://www.w3.org/ns/prov#",
            "annalist": "urn:annalist:term:",
            "scheme": "annalist:scheme", "rule": "annalist:rule", "confidence": "annalist:confidence",
            "name": "http://xmlns.com/foaf/0.1/name",
        },
    ]);
    writeln!(out, "{{\"@context\":{},", plain::json(&context)?)?;
    writeln!(
        out,
        "\"id\":\"urn:annalist:annotations\",\"type\":\"AnnotationCollection\",\"label\":\"Claims\","
    )?;
    write!(
        out,
        "\"first\":{{\"id\":\"urn:annalist:annotations:1\",\"type\":\"AnnotationPage\",\"startIndex\":0,\"items\":["
    )?;
    let mut n_items = 0;
    for saying in sayings {
        let comma = if n_items == 0 { "" } else { "," };
        n_items += 1;
        write!(out, "{comma}\n{}", plain::json(&object(FIELDS, &saying))?)?;
    }
    writeln!(out, "\n]}},\"total\":{n_items}}}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_resources_are_escaped() {
        assert_eq!(uri("a b/é<c1>"), "a%20b/%C3%A9%3Cc1%3E");
    }
}
