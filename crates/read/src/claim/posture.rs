//! *How many forces or persons of whom are where, as of when?*
//!
//! "The United States has 900 troops in Syria", "2,500 soldiers stationed in Iraq", "cut its force in Mali from 5,200 to 3,500". Movements that are no
//! standing strength ("sent 600 troops to the border") are events, not postures.

use annalist_schema::{
    ClaimActor, ClaimPlace, Country, DayInterval, Deprel, Posture, Span, Status, TimexType, Toponym,
    ToponymKind,
};

use super::Context;
use super::quantity::Counted;
use super::syntax::{has_case, subject};
use crate::mention::actor;

/// Every statement of how many are where, in order of text.
pub fn find(ctx: &Context<'_>, counted: &[Counted]) -> Vec<Posture> {
    let mut postures: Vec<Posture> = Vec::new();
    for count in counted.iter().filter(|count| can_stand_somewhere(&count.quantity.what)) {
        let Some(stance) = stance(ctx, count) else { continue };
        let Some(place) = place(ctx, count, &stance) else { continue };
        postures.push(posture(ctx, count, &stance, place));
    }
    postures.sort_by_key(|posture| posture.span);
    postures
}

/// Forces, weapons and persons; not deaths, attacks or money.
fn can_stand_somewhere(what: &str) -> bool {
    matches!(what, "troops" | "persons" | "aircraft" | "ships" | "tanks" | "platforms" | "displaced")
}

/// Why a count is a standing strength.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stance {
    /// "has", "maintains", "keeps" with the strength as object.
    Held {
        /// The verb.
        verb: u32,
    },
    /// "hosts 2 million refugees", "has 2 million Syrian refugees": the subject is the place.
    Hosted {
        /// The verb.
        verb: u32,
    },
    /// "stationed", "based", "deployed" said of the strength.
    Stationed {
        /// The participle or verb.
        verb: u32,
    },
    /// "there are 5,000 troops in the country".
    Existing {
        /// The predicate.
        verb: u32,
    },
    /// "the number of troops ... from 5,200 to 3,500".
    Changing {
        /// The verb.
        verb: u32,
    },
}

impl Stance {
    fn verb(self) -> u32 {
        match self {
            Self::Held { verb }
            | Self::Hosted { verb }
            | Self::Stationed { verb }
            | Self::Existing { verb }
            | Self::Changing { verb } => verb,
        }
    }
}

fn stance(ctx: &Context<'_>, count: &Counted) -> Option<Stance> {
    const STATIONED: [&str; 8] =
        ["station", "base", "deploy", "quarter", "garrison", "post", "remain", "stay"];
    let view = ctx.view;
    let said = [Some(count.head), count.noun].into_iter().flatten().find_map(|token| {
        view.children_by(token, &[Deprel::Acl, Deprel::AclRelcl, Deprel::Amod])
            .find(|&word| STATIONED.contains(&view.lemma(word)))
    });
    if let Some(verb) = said {
        return Some(Stance::Stationed { verb });
    }
    let at = super::syntax::first_conjunct(view, count.head);
    let token = view.token(at);
    let verb = token.head?;
    let lemma = view.lemma(verb);
    if count.is_before.is_some() || count.noun.is_some_and(|noun| !view.dominates(count.head, noun)) {
        return Some(Stance::Changing { verb });
    }
    match token.deprel {
        Deprel::Nsubj | Deprel::NsubjPass if STATIONED.contains(&lemma) => Some(Stance::Stationed { verb }),
        Deprel::Nsubj if is_existential(ctx, verb) => Some(Stance::Existing { verb }),
        Deprel::Obj => held(ctx, count, verb),
        _ => None,
    }
}

fn held(ctx: &Context<'_>, count: &Counted, verb: u32) -> Option<Stance> {
    const HOLDS: [&str; 8] = ["have", "maintain", "keep", "station", "base", "retain", "deploy", "field"];
    const HOSTS: [&str; 6] = ["host", "shelter", "house", "accommodate", "have", "harbour"];
    let lemma = ctx.view.lemma(verb);
    let has_own_place = places_of(ctx, count, verb).next().is_some();
    if HOSTS.contains(&lemma) && (lemma != "have" || (!has_own_place && is_foreign(ctx, count))) {
        return Some(Stance::Hosted { verb });
    }
    HOLDS.contains(&lemma).then_some(Stance::Held { verb })
}

/// "there are", "there remain".
fn is_existential(ctx: &Context<'_>, verb: u32) -> bool {
    ctx.view.children_by(verb, &[Deprel::Expl]).next().is_some()
}

/// Whether the counted are called by another country or group: "Syrian refugees", "members of other coalitions".
fn is_foreign(ctx: &Context<'_>, count: &Counted) -> bool {
    let words = phrase_words(ctx, count);
    words.is_some_and(|words| {
        let named = ctx
            .toponyms
            .iter()
            .any(|toponym| toponym.kind == ToponymKind::Demonym && words.overlaps(Span::from(toponym.span)));
        let text = words.of(ctx.view.text).to_lowercase();
        named
            || ["refugee", "foreign", "international", "coalition", "migrant"]
                .iter()
                .any(|word| text.contains(word))
    })
}

/// The words of the counted phrase below its head.
fn phrase_words(ctx: &Context<'_>, count: &Counted) -> Option<Span> {
    let noun = count.noun.unwrap_or(count.head);
    ctx.view.cover(&ctx.view.subtree(noun))
}

/// Toponyms behind "in", "at", "on" among the words of the phrase or of the verb.
fn places_of<'c>(
    ctx: &'c Context<'_>,
    count: &'c Counted,
    verb: u32,
) -> impl Iterator<Item = &'c Toponym> + 'c {
    const WHERE: [&str; 8] = ["in", "at", "on", "inside", "across", "within", "near", "throughout"];
    let view = ctx.view;
    let owners = [Some(count.head), count.noun, Some(verb)].into_iter().flatten();
    let mut spots: Vec<u32> = owners
        .flat_map(|owner| view.children_by(owner, &[Deprel::Nmod, Deprel::Obl]))
        .filter(|&token| has_case(view, token, &WHERE))
        .collect();
    // The nearest place to the right of the number is its own: "2,500 in Iraq and 900 in Syria".
    let from = count.quantity.span.end;
    spots.sort_by_key(|&token| {
        let start = view.token(token).span.start;
        (start < from, start.abs_diff(from))
    });
    spots.into_iter().filter_map(move |token| {
        let words = view.cover(&view.subtree(token))?;
        ctx.toponyms
            .iter()
            .find(|toponym| toponym.kind == ToponymKind::Literal && words.contains(Span::from(toponym.span)))
    })
}

fn place(ctx: &Context<'_>, count: &Counted, stance: &Stance) -> Option<ClaimPlace> {
    if let Stance::Hosted { verb } = *stance {
        let host = subject(ctx.view, verb)?;
        let words = ctx.view.cover(&ctx.view.subtree(host))?;
        let found = ctx.toponyms.iter().find(|toponym| words.contains(Span::from(toponym.span)));
        return found.map(claim_place);
    }
    places_of(ctx, count, stance.verb())
        .next()
        .map(claim_place)
        .or_else(|| noun_place(ctx, count))
        .or_else(|| the_country(ctx, count))
}

/// "the number of troops in Iraq from 5,200 to 3,500": the place stands with the noun of the figure.
fn noun_place(ctx: &Context<'_>, count: &Counted) -> Option<ClaimPlace> {
    let words = ctx.view.cover(&ctx.view.subtree(count.noun?))?;
    let inside =
        |toponym: &&Toponym| toponym.kind == ToponymKind::Literal && words.contains(Span::from(toponym.span));
    ctx.toponyms.iter().find(inside).map(claim_place)
}

/// "troops now in the country": the country that the report last named as a place.
fn the_country(ctx: &Context<'_>, count: &Counted) -> Option<ClaimPlace> {
    let sentence = ctx.view.document.sentences.get(count.sentence as usize)?.span;
    let text = sentence.of(ctx.view.text).to_lowercase();
    let at = ["in the country", "in that country"].iter().find_map(|words| text.find(words))?;
    let before = sentence.start + at as u32;
    let own = actor_country(ctx, count);
    let countries = ctx.toponyms.iter().rev().filter(|toponym| {
        toponym.span.end <= before && toponym.kind != ToponymKind::Demonym && toponym.feature == "country"
    });
    countries.filter(|toponym| toponym.country != own).map(claim_place).next()
}

fn actor_country(ctx: &Context<'_>, count: &Counted) -> Option<Country> {
    actor::resolve(phrase_words(ctx, count)?.of(ctx.view.text), None, None).country
}

fn claim_place(toponym: &Toponym) -> ClaimPlace {
    ClaimPlace {
        name: Some(toponym.name.clone()),
        country: toponym.country,
        lat: toponym.lat,
        lon: toponym.lon,
        geonames_id: toponym.geonames_id,
        span: Span::from(toponym.span),
    }
}

fn posture(ctx: &Context<'_>, count: &Counted, stance: &Stance, place: ClaimPlace) -> Posture {
    let view = ctx.view;
    let sentence = view.document.sentences.get(count.sentence as usize).map(|sentence| sentence.span);
    let as_of = as_of(ctx, count, stance);
    let mut quantity = count.quantity.clone();
    quantity.area = place.country.iter().map(ToString::to_string).collect();
    Posture {
        actor: owner(ctx, count, stance, as_of),
        span: quantity.span.cover(view.token(stance.verb()).span),
        place: Some(place),
        quantity,
        as_of,
        status: status(ctx, count, stance),
        attributed_to: Vec::new(),
        quote: sentence.map_or_else(String::new, |sentence| sentence.of(view.text).to_owned()),
    }
}

/// Whose forces: the words of the phrase ("U.S. troops"), else the one that has them.
fn owner(ctx: &Context<'_>, count: &Counted, stance: &Stance, days: Option<DayInterval>) -> ClaimActor {
    let phrase = owner_phrase(ctx, count);
    let holder = subject(ctx.view, stance.verb())
        .filter(|_| matches!(stance, Stance::Held { .. } | Stance::Changing { .. }))
        .and_then(|token| ctx.view.cover(&ctx.view.subtree(token)));
    let by_phrase = phrase.map(|span| (actor::resolve(span.of(ctx.view.text), None, days), span));
    let by_holder = holder.map(|span| (actor::resolve(span.of(ctx.view.text), None, days), span));
    let tells = |found: &(actor::Resolved, Span)| found.0.country.is_some();
    let found = by_phrase.clone().filter(tells).or(by_holder.filter(tells)).or(by_phrase);
    found.map_or_else(ClaimActor::default, |(resolved, span)| ClaimActor {
        name: resolved.name,
        country: resolved.country,
        sector: resolved.sector,
        sectors: resolved.sectors,
        actor_id: resolved.actor_id,
        span,
    })
}

/// The counted noun with the words that say whose they are, without the number and the place.
fn owner_phrase(ctx: &Context<'_>, count: &Counted) -> Option<Span> {
    let view = ctx.view;
    let noun = count.noun?;
    let before = view
        .children_by(noun, &[Deprel::Amod, Deprel::Compound, Deprel::NmodPoss])
        .filter(|&word| word < noun && !count.quantity.span.contains(view.token(word).span));
    let of = view.children_by(noun, &[Deprel::Nmod]).find(|&word| has_case(view, word, &["of", "from"]));
    let start = before.map(|word| view.subtree(word)).flatten().min().unwrap_or(noun).min(noun);
    let end = of.and_then(|word| view.subtree(word).last().copied()).unwrap_or(noun).max(noun);
    let words: Vec<u32> = (start..=end).collect();
    let whole = view.cover(&words)?;
    let numeral = view.token(count.numeral).span;
    if whole.start < numeral.end && numeral.end < whole.end {
        return Some(Span::new(numeral.end, whole.end)).filter(|span| !span.is_empty());
    }
    Some(whole)
}

/// The calendar expression of the sentence; the publication for what is said to be so now.
fn as_of(ctx: &Context<'_>, count: &Counted, stance: &Stance) -> Option<DayInterval> {
    let sentence = ctx.view.document.sentences.get(count.sentence as usize)?.span;
    let dated = ctx.timexes.iter().find(|timex| {
        timex.kind == TimexType::Date && timex.days.is_some() && sentence.contains(Span::from(timex.span))
    });
    let is_before_or_past = count.is_before == Some(true) || is_past(ctx, stance.verb());
    dated
        .and_then(|timex| timex.days)
        .or_else(|| ctx.published.filter(|_| !is_before_or_past).map(|published| published.value))
}

fn is_past(ctx: &Context<'_>, verb: u32) -> bool {
    use annalist_schema::{Tense, VerbForm};
    let feats = ctx.view.token(verb).feats;
    feats.tense == Some(Tense::Past) && feats.verb_form == Some(VerbForm::Fin)
}

/// The end of an announced change is planned; its beginning is so.
fn status(ctx: &Context<'_>, count: &Counted, stance: &Stance) -> Status {
    let is_future = ctx.view.children_by(stance.verb(), &[Deprel::Aux]).any(|aux| {
        matches!(
            ctx.view.form(aux).to_lowercase().as_str(),
            "will" | "would" | "shall" | "'ll" | "could" | "may"
        )
    });
    let is_infinitive = matches!(stance, Stance::Changing { .. })
        && ctx.view.token(stance.verb()).feats.verb_form == Some(annalist_schema::VerbForm::Inf);
    if (is_future || is_infinitive) && count.is_before != Some(true) {
        Status::Planned
    } else {
        Status::Happened
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claim::quantity;
    use crate::claim::testing::with_context;

    fn check(text: &str, expected: &[&str]) {
        let found: Vec<String> =
            with_context(text, |ctx| find(ctx, &quantity::find(ctx)).iter().map(show).collect());
        assert_eq!(found, expected, "{text}");
    }

    fn show(posture: &Posture) -> String {
        let code =
            |country: Option<Country>| country.map_or_else(|| "?".to_owned(), |country| country.to_string());
        let place = posture.place.as_ref().and_then(|place| place.country);
        let quantity = &posture.quantity;
        format!(
            "{} {}{} {} {}",
            code(posture.actor.country),
            quantity.cmp,
            quantity.n,
            code(place),
            posture.status
        )
    }

    #[test]
    fn held() {
        check("France has about 1,500 troops in Niger.", &["FRA ~1500 NER happened"]);
        check(
            "France has 1,500 troops in Niger and 300 troops in Gabon.",
            &["FRA =1500 NER happened", "FRA =300 GAB happened"],
        );
    }

    #[test]
    fn stationed() {
        check("Some 400 Italian soldiers are stationed in Latvia.", &["ITA ~400 LVA happened"]);
        check("With 400 Italian soldiers stationed in Latvia, the base is full.", &["ITA =400 LVA happened"]);
        check("There are 400 Italian soldiers in Latvia.", &["ITA =400 LVA happened"]);
    }

    #[test]
    fn hosted() {
        check("Kenya hosts some 300,000 Somali refugees.", &["SOM ~300000 KEN happened"]);
    }

    #[test]
    fn changing() {
        check(
            "France said it would reduce the number of French troops in Niger from 1,500 to about 900.",
            &["FRA =1500 NER happened", "FRA ~900 NER planned"],
        );
    }

    #[test]
    fn movements_are_no_postures() {
        check("Italy sent 400 soldiers to Latvia.", &[]);
        check("The bomb killed 40 soldiers in Mali.", &[]);
    }
}
