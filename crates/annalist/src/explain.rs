//! *Why does the program say so?* One claim with its sentence, its parse and the rule that coded it; each time and place
//! with what led to it.

mod when_where;

use std::fmt::Write;

use annalist_schema::{Account, Claim, ClaimActor, PartyBasis, Reading, Report, Span, View};

use crate::briefing::words::one_line;
use crate::plain;

pub use when_where::when_where;

/// The claims of a report, each explained for a person.
pub fn explain(report: &Report, reading: &Reading) -> String {
    let view = View::new(&report.text, &reading.document);
    let explained: String =
        reading.claims.iter().map(|claim| explain_claim(&report.id, view, claim)).collect();
    plain::text(&explained).into_owned()
}

fn explain_claim(report: &str, view: View<'_>, claim: &Claim) -> String {
    let mut out = format!("{} {}  {}\n", one_line(report), claim.id, code(claim));
    let sentence = view.document.sentences.get(claim.sentence as usize);
    if let Some(sentence) = sentence {
        out.push_str(&quote_sentence(claim.sentence, sentence.span.of(view.text)));
    }
    parts(view.text, claim).iter().for_each(|part| line(&mut out, part));
    if let Some(sentence) = sentence {
        out.push_str("  words\n");
        sentence.tokens.clone().for_each(|token| word(&mut out, view, token, sentence.tokens.start));
    }
    out.push('\n');
    out
}

/// Role, words of the report, value.
type Part = (&'static str, String, String);

fn line(out: &mut String, (role, words, value): &Part) {
    let _ = writeln!(out, "  {role:12} {value}{words}");
}

fn quote_sentence(index: u32, text: &str) -> String {
    format!("  sentence {}: {}\n", index + 1, one_line(text))
}

/// The words of a report between quotation marks.
fn quoted(text: &str, span: Span) -> String {
    match one_line(span.of(text)) {
        words if words.is_empty() => String::new(),
        words => format!("  “{words}”"),
    }
}

/// `ASSAULT (aerial), CAMEO 195, happened, score 0.93, coded by lexicon:airstrike`.
fn code(claim: &Claim) -> String {
    let modes: Vec<_> = claim.modes.iter().map(|mode| mode.as_str()).collect();
    let event_type = claim.event_type.map_or("no PLOVER type", |event_type| event_type.as_str());
    let modes = if modes.is_empty() { String::new() } else { format!(" ({})", modes.join(", ")) };
    let cameo = claim.cameo.as_ref().map(|code| format!(", CAMEO {}", code.as_str())).unwrap_or_default();
    let Claim { status, score, rule, .. } = claim;
    format!("{event_type}{modes}{cameo}, {status}, score {score:.2}, coded by {rule}")
}

/// What a claim consists of.
fn parts(text: &str, claim: &Claim) -> Vec<Part> {
    let quoted = |span: Span| quoted(text, span);
    let mut parts = vec![("trigger", quoted(claim.trigger), String::new())];
    let party = |role, party: &ClaimActor| {
        let words = party.span.map(quoted).unwrap_or_default();
        (role, words, format!("{}{}", actor_value(party), basis(text, party)))
    };
    parts.extend(claim.actors.iter().map(|actor| party("actor", actor)));
    parts.extend(claim.recipients.iter().map(|recipient| party("recipient", recipient)));
    parts.extend(date(claim));
    parts.extend(place(text, claim));
    parts.extend(claim.quantities.iter().map(|quantity| {
        let upper = quantity.n2.map(|upper| format!(" to {upper}")).unwrap_or_default();
        (
            "quantity",
            quoted(quantity.span),
            format!("{} {} {}{upper}", quantity.what, quantity.cmp, quantity.n),
        )
    }));
    let speakers = claim.attribution.iter().map(|attribution| {
        let cue = attribution.cue.map(quoted).unwrap_or_default();
        ("according to", format!("{}{cue}", quoted(attribution.span)), attribution.name.clone())
    });
    parts.extend(speakers);
    parts.extend(claim.accounts.iter().flat_map(|account| accounts(text, account)));
    parts
}

/// What others say of the deed, each with the words.
fn accounts(text: &str, account: &Account) -> Vec<Part> {
    let speakers: Vec<_> = account.attribution.iter().map(|speaker| speaker.name.as_str()).collect();
    let speakers = speakers.join(", ");
    let words = account.attribution.iter().map(|speaker| quoted(text, speaker.span)).collect::<String>();
    let denial = account.denies.then(|| ("denied by", words, speakers.clone()));
    let actor = |actor: &ClaimActor| {
        let value = format!("{}, according to {speakers}", actor_value(actor));
        ("actor or", actor.span.map(|span| quoted(text, span)).unwrap_or_default(), value)
    };
    denial.into_iter().chain(account.actors.iter().map(actor)).collect()
}

fn date(claim: &Claim) -> Option<Part> {
    let basis = claim.date_basis.as_deref().map(|basis| format!(" by {basis}")).unwrap_or_default();
    claim.date.map(|date| ("date", String::new(), format!("{}{basis}", date.format())))
}

fn place(text: &str, claim: &Claim) -> Option<Part> {
    claim.place.as_ref().map(|place| {
        let country = place.country.map(|country| country.to_string());
        let value = [place.name.clone(), country].into_iter().flatten().collect::<Vec<_>>().join(", ");
        ("place", quoted(text, place.span), value)
    })
}

/// How it is known that somebody is a party; nothing where the words say so.
fn basis(text: &str, party: &ClaimActor) -> String {
    match party.basis {
        PartyBasis::Named => String::new(),
        PartyBasis::Chain => {
            let mention = party.by_mention.map(|words| one_line(words.of(text)));
            mention.map_or(String::new(), |words| format!(", as `{words}` tells elsewhere"))
        }
        PartyBasis::Possessor => ", whose it is".to_owned(),
        PartyBasis::Inherited => {
            let from = party.from_claim.as_deref().unwrap_or("another claim");
            format!(", taken over from {from}")
        }
        PartyBasis::Implied => ", implied by the type of the event".to_owned(),
        PartyBasis::Default => ", by default".to_owned(),
    }
}

fn actor_value(actor: &ClaimActor) -> String {
    let code =
        [actor.country.map(|country| country.to_string()), actor.sector.map(|sector| sector.to_string())];
    let code = code.into_iter().flatten().collect::<Vec<_>>().join(" ");
    let id = actor.actor_id.as_deref().map(|id| format!(" = {id}")).unwrap_or_default();
    format!("{} [{code}]{id}", actor.name)
}

/// One line of the parse: number, form, part of speech, name tag, relation and head.
fn word(out: &mut String, view: View<'_>, index: u32, first: u32) {
    let token = view.token(index);
    let head = token
        .head
        .map_or("-".to_owned(), |head| format!("{} {}", head - first.min(head) + 1, view.form(head)));
    let (number, form) = (index - first + 1, one_line(view.form(index)));
    let ner = token.ner.tag();
    let _ = writeln!(out, "    {number:>3} {form:18} {:6} {ner:6} {:12} {head}", token.upos, token.deprel);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(basis: PartyBasis, expected: &str) {
        let party = ClaimActor {
            basis,
            by_mention: Some(Span::new(0, 4)),
            from_claim: Some("c7".to_owned()),
            ..ClaimActor::default()
        };
        assert_eq!(super::basis("Peru met Chile.", &party), expected);
    }

    #[test]
    fn a_guess_is_explained_as_one() {
        check(PartyBasis::Named, "");
        check(PartyBasis::Chain, ", as `Peru` tells elsewhere");
        check(PartyBasis::Inherited, ", taken over from c7");
        check(PartyBasis::Implied, ", implied by the type of the event");
    }
}
