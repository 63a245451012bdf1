//! *Is there an effort at talks that are not named?* "efforts to broker a truce", "attempts to keep the deal alive".

use annalist_data::processes::Processes;
use annalist_schema::View;

use super::noun::Named;

/// An effort with the kind of process it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Effort {
    /// The noun: "efforts".
    pub noun: u32,
    /// The process it is about, as a position in the list of process nouns.
    pub about: Option<usize>,
}

/// Every effort of a report, in order.
pub fn find(view: View<'_>, nouns: &[Named]) -> Vec<Effort> {
    let lexicon = &Processes::embedded().effort;
    let efforts = (0..view.document.tokens.len() as u32)
        .filter(|&token| lexicon.nouns.iter().any(|noun| noun == view.lemma(token)));
    efforts.filter_map(|noun| effort(view, nouns, noun)).collect()
}

fn effort(view: View<'_>, nouns: &[Named], noun: u32) -> Option<Effort> {
    let lexicon = &Processes::embedded().effort;
    let verb = aim(view, noun)?;
    let reach = verb..view.sentence_tokens(noun).end.min(verb + 7);
    let about = nouns.iter().position(|named| reach.contains(&named.token));
    let speaks_alone = lexicon.verbs_alone.iter().any(|known| known == view.lemma(verb));
    (about.is_some() || speaks_alone).then_some(Effort { noun, about })
}

/// The first infinitive behind the noun, if it is one that efforts at talks are for. The words in between ("by the remaining members") keep parsers
/// from joining the two, so the order of words decides.
fn aim(view: View<'_>, noun: u32) -> Option<u32> {
    let lexicon = &Processes::embedded().effort;
    let end = view.sentence_tokens(noun).end.min(noun + 10);
    let to = (noun + 1..end).find(|&token| view.form(token).eq_ignore_ascii_case("to"))?;
    let verb = Some(to + 1).filter(|&verb| verb < end)?;
    lexicon.verbs.iter().any(|known| known == view.lemma(verb)).then_some(verb)
}
