//! *Where does a negotiation, a truce or an agreement stand?*
//!
//! Nouns that name a process, words that put it into a state, and what the verbs above make of that state. A process is named by its kind and the
//! country codes of its parties, so that reports that speak of the same talks give them the same name. Where a party's name looks mistaken
//! (see [`damage::party`]), the parties that the rest of the report names are taken, and a note says so.

mod cue;
mod effort;
pub mod noun;
pub mod party;
mod standing;

use annalist_schema::{DayInterval, ProcessCode, ProcessState, Span, TimexType};

use super::tree::Tree;
use super::{Context, damage, voice};
use effort::Effort;
use noun::Named;
use party::Parties;

/// The process nouns of a report with the parties that their own sentences name.
#[derive(Clone, Debug, Default)]
pub struct Processes {
    /// The nouns, in order of text.
    pub nouns: Vec<Named>,
    /// The parties of each.
    pub parties: Vec<Parties>,
}

/// Finds the process nouns of a report.
pub fn named(ctx: &Context<'_>, tree: &Tree<'_>) -> Processes {
    let nouns = noun::find(ctx.view);
    let parties = nouns.iter().map(|named| own_parties(ctx, tree, named)).collect();
    Processes { nouns, parties }
}

fn own_parties(ctx: &Context<'_>, tree: &Tree<'_>, named: &Named) -> Parties {
    let predicate = cue::find(ctx.view, named).first().map(|told| told.predicate);
    party::told(ctx, tree, named, predicate.or(tree.head(named.top)))
}

/// Every statement of where a process stands, in order of text; repeats that add nothing are left out.
pub fn find(ctx: &Context<'_>, tree: &Tree<'_>, processes: &Processes) -> Vec<ProcessState> {
    let Processes { nouns, parties: own } = processes;
    let mut own = own.clone();
    for contradiction in damage::party::contradictions(ctx, processes) {
        own[contradiction.noun] = contradiction.parties;
    }
    let parties = party_table(nouns, &own);
    let mut states = Vec::new();
    for (named, parties) in nouns.iter().zip(&parties) {
        states.extend(states_of(ctx, tree, named, parties));
    }
    let efforts = effort::find(ctx.view, nouns);
    states.extend(efforts.iter().map(|effort| under_way(ctx, tree, effort, nouns, &parties)));
    states.sort_by_key(|state| (state.span, state.code));
    without_repeats(ctx, states)
}

/// The parties of every process noun: its own, or those of the nearest earlier mention of the same kind, or of the next.
fn party_table(nouns: &[Named], own: &[Parties]) -> Vec<Parties> {
    (0..nouns.len())
        .map(|at| {
            let usable = |other: &usize| nouns[*other].kind == nouns[at].kind && own[*other].len() > 1;
            if own[at].len() > 1 {
                return own[at].clone();
            }
            let nearest = (0..at).rev().find(usable).or_else(|| (at..nouns.len()).find(usable));
            nearest.map_or_else(|| own[at].clone(), |other| own[other].clone())
        })
        .collect()
}

fn states_of(ctx: &Context<'_>, tree: &Tree<'_>, named: &Named, parties: &Parties) -> Vec<ProcessState> {
    let view = ctx.view;
    let told = cue::find(view, named);
    let standing = told.iter().filter_map(|told| {
        let code = standing::standing(view, told)?;
        // A meeting that was agreed to is a date in the diary; talks that were agreed to are a change of course.
        let is_date = named.is_meeting && code == ProcessCode::Agreed;
        Some((if is_date { ProcessCode::Scheduled } else { code }, told.predicate))
    });
    let mut states: Vec<ProcessState> =
        standing.map(|(code, predicate)| state(ctx, tree, named, parties, code, predicate)).collect();
    states.dedup_by(|one, other| one.code == other.code);
    states
}

/// An effort is under way, whatever comes of it.
fn under_way(
    ctx: &Context<'_>,
    tree: &Tree<'_>,
    effort: &Effort,
    nouns: &[Named],
    parties: &[Parties],
) -> ProcessState {
    let about = effort.about.map(|at| (&nouns[at], &parties[at]));
    let (kind, parties) =
        about.map_or(("talks", Parties::new()), |(named, parties)| (named.kind, parties.clone()));
    let named = Named { token: effort.noun, top: effort.noun, kind, strong: true, is_meeting: false };
    state(ctx, tree, &named, &parties, ProcessCode::Ongoing, effort.noun)
}

fn state(
    ctx: &Context<'_>,
    tree: &Tree<'_>,
    named: &Named,
    parties: &Parties,
    code: ProcessCode,
    predicate: u32,
) -> ProcessState {
    let view = ctx.view;
    let words = view.token(named.top).span.cover(view.token(named.token).span);
    let sentence = view.document.sentences.get(view.sentence_of(predicate) as usize);
    ProcessState {
        process: name(named.kind, parties),
        code,
        date: date(ctx, predicate),
        attributed_to: voice::speakers(ctx, tree, predicate),
        span: words.cover(view.token(predicate).span),
        quote: sentence.map_or_else(String::new, |sentence| sentence.span.of(view.text).to_owned()),
    }
}

/// `talks:IRQ-USA`, or the kind alone where no party is known.
fn name(kind: &str, parties: &Parties) -> String {
    let codes: Vec<String> = parties.iter().map(ToString::to_string).collect();
    if codes.is_empty() { kind.to_owned() } else { format!("{kind}:{}", codes.join("-")) }
}

/// The calendar expression nearest to the predicate in its sentence.
fn date(ctx: &Context<'_>, predicate: u32) -> Option<DayInterval> {
    let at = ctx.view.token(predicate).span.start;
    let sentence = ctx.view.document.sentences.get(ctx.view.sentence_of(predicate) as usize)?.span;
    let dated = ctx.timexes_around(sentence).iter().filter(|timex| {
        timex.kind == TimexType::Date && timex.days.is_some() && sentence.contains(Span::from(timex.span))
    });
    dated.min_by_key(|timex| timex.span.start.abs_diff(at))?.days
}

/// A state told again counts once more only where it has another date or names another process; a date it adds is kept.
fn without_repeats(ctx: &Context<'_>, states: Vec<ProcessState>) -> Vec<ProcessState> {
    let mut kept: Vec<ProcessState> = Vec::new();
    let in_heading = |state: &ProcessState| {
        let sentences = &ctx.view.document.sentences;
        sentences.iter().any(|sentence| sentence.is_heading && sentence.span.contains(state.span))
    };
    let (headings, body): (Vec<_>, Vec<_>) = states.into_iter().partition(in_heading);
    for state in body.into_iter().chain(headings) {
        let repeats = |known: &ProcessState| {
            let is_same_day = known.date.is_none() || state.date.is_none() || state.date == known.date;
            known.code == state.code && related(&known.process, &state.process) && is_same_day
        };
        match kept.iter_mut().find(|known| repeats(known)) {
            Some(known) => known.date = known.date.or(state.date),
            None => kept.push(state),
        }
    }
    kept.sort_by_key(|state| (state.span, state.code));
    kept
}

/// The same name, or one of them names no parties.
fn related(one: &str, other: &str) -> bool {
    let kind = |name: &str| name.split(':').next().map(str::to_owned);
    one == other || (kind(one) == kind(other) && !(one.contains(':') && other.contains(':')))
}

#[cfg(test)]
mod tests {
    use annalist_data::processes::Processes;

    use super::*;
    use crate::claim::testing::with_context;

    fn codes(text: &str) -> Vec<ProcessCode> {
        with_context(text, |ctx, tree| {
            find(ctx, tree, &named(ctx, tree)).iter().map(|state| state.code).collect()
        })
    }

    fn check(text: &str, expected: &[&str]) {
        let found: Vec<&str> = codes(text).iter().map(|code| code.as_str()).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn states_of_talks() {
        check("Norway and Finland opened talks on fishing.", &["opened"]);
        check(
            "The first meeting took place in Oslo but was put on hold a day later.",
            &["opened", "suspended"],
        );
        check("The two sides have resumed negotiations.", &["resumed"]);
        check("The talks collapsed on Friday.", &["collapsed"]);
        check("The mediators postponed the next round of talks.", &["postponed"]);
    }

    #[test]
    fn acts_above_the_act() {
        check("Both governments agreed in May to start talks.", &["agreed"]);
        check("The rebels refused to join the talks.", &["refused"]);
        check("The talks are expected to resume on Monday.", &["scheduled"]);
        check("The ministers agreed to a further meeting in Rome.", &["scheduled"]);
    }

    #[test]
    fn wishes_and_denials_are_no_states() {
        check("The envoy hopes to resume the talks.", &[]);
        check("The talks have not resumed.", &[]);
        check("They could resume the negotiations if the shelling stops.", &[]);
        check("The chairman held a meeting with the mayor.", &[]);
    }

    #[test]
    fn truces_and_agreements() {
        check("The two armies agreed to a ceasefire.", &["agreed"]);
        check("The army violated the truce.", &["violated"]);
        check("The envoys reached a provisional agreement.", &["agreed", "provisional"]);
        check("The treaty still awaits ratification by parliament.", &["pending"]);
        check("Efforts are under way to negotiate an end to the war.", &["ongoing"]);
    }

    #[test]
    fn repeats_add_nothing() {
        check("The talks collapsed. Nobody was surprised that the talks collapsed.", &["collapsed"]);
    }

    #[test]
    fn lexicon_entries_match_their_sentences() {
        let mut wrong = Vec::new();
        for cue in &Processes::embedded().cues {
            wrong.extend(cue.matches.iter().filter(|text| !codes(text).contains(&cue.code)));
            wrong.extend(cue.leaves.iter().filter(|text| codes(text).contains(&cue.code)));
        }
        assert_eq!(wrong, Vec::<&String>::new());
    }
}
