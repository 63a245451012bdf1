//! *How many forces or persons of whom are where, as of when?*
//!
//! "The United States has 900 troops in Syria", "2,500 soldiers stationed in Iraq", "cut its force in Mali from 5,200 to 3,500". Movements that are no
//! standing strength ("sent 600 troops to the border") are events, not postures.

mod owner;
mod stance;
mod whereabouts;

use annalist_data::quantities::Quantities;
use annalist_schema::{ClaimPlace, DayInterval, Deprel, Posture, Status, Tense, TimexType, VerbForm};

use super::quantity::Counted;
use super::tree::Tree;
use super::{Context, voice};
use stance::{Kind, Stance};

/// Every statement of how many are where, in order of text.
pub fn find(ctx: &Context<'_>, tree: &Tree<'_>, counted: &[Counted]) -> Vec<Posture> {
    let mut postures: Vec<Posture> = Vec::new();
    let mut before: Option<(&Counted, Stance)> = None;
    for count in counted.iter().filter(|count| can_stand_somewhere(tree, count)) {
        let Some(stance) = stance::stance(ctx, tree, count, before) else { continue };
        before = Some((count, stance));
        let place = whereabouts::place(ctx, tree, count, stance);
        postures.extend(place.map(|place| posture(ctx, tree, count, stance, place)));
    }
    postures.sort_by_key(|posture| posture.span);
    postures
}

/// Forces, weapons and the persons who are posted, hosted or held; not deaths, attacks or money, and not "none".
fn can_stand_somewhere(tree: &Tree<'_>, count: &Counted) -> bool {
    let is_force = matches!(&*count.quantity.what, "troops" | "aircraft" | "ships" | "tanks" | "platforms");
    let is_posted = || count.noun.is_some_and(|noun| Quantities::embedded().is_standing(tree.lemma(noun)));
    count.quantity.n > 0.0 && (is_force || (count.quantity.what == "persons" && is_posted()))
}

fn posture(
    ctx: &Context<'_>,
    tree: &Tree<'_>,
    count: &Counted,
    stance: Stance,
    place: ClaimPlace,
) -> Posture {
    let view = ctx.view;
    let sentence = view.document.sentences.get(count.sentence as usize).map(|sentence| sentence.span);
    let as_of = as_of(ctx, count, stance);
    let mut quantity = count.quantity.clone();
    quantity.area = place.country.iter().map(ToString::to_string).collect();
    Posture {
        actor: owner::owner(ctx, tree, count, stance, as_of),
        span: quantity.span.cover(view.token(stance.word).span),
        place: Some(place),
        quantity,
        as_of,
        status: status(ctx, count, stance),
        attributed_to: voice::speakers(ctx, tree, stance.word),
        quote: sentence.map_or_else(String::new, |sentence| sentence.of(view.text).to_owned()),
    }
}

/// The calendar expression of the sentence; the publication for what is said to be so now.
fn as_of(ctx: &Context<'_>, count: &Counted, stance: Stance) -> Option<DayInterval> {
    let sentence = ctx.view.document.sentences.get(count.sentence as usize)?.span;
    let dated = ctx.timexes_around(sentence).iter().find(|timex| {
        timex.kind == TimexType::Date && timex.days.is_some() && sentence.contains(timex.span.into())
    });
    let is_past = count.is_before == Some(true) || is_past(ctx, stance);
    let now = ctx.published.filter(|_| !is_past).map(|published| published.value);
    dated.and_then(|timex| timex.days).or(now)
}

fn is_past(ctx: &Context<'_>, stance: Stance) -> bool {
    let feats = ctx.view.token(stance.word).feats;
    feats.tense == Some(Tense::Past) && feats.verb_form == Some(VerbForm::Fin)
}

/// The end of an announced change is planned; its beginning is so.
fn status(ctx: &Context<'_>, count: &Counted, stance: Stance) -> Status {
    let is_future = ctx.view.children_by(stance.word, &[Deprel::Aux]).any(|auxiliary| {
        let word = ctx.view.form(auxiliary).to_lowercase();
        matches!(word.as_str(), "will" | "would" | "shall" | "'ll" | "could" | "may" | "might")
    });
    let is_infinitive =
        stance.kind == Kind::Changing && ctx.view.token(stance.word).feats.verb_form == Some(VerbForm::Inf);
    let is_plan = (is_future || is_infinitive) && count.is_before != Some(true);
    if is_plan { Status::Planned } else { Status::Happened }
}

#[cfg(test)]
mod tests {
    use annalist_schema::Country;

    use super::*;
    use crate::claim::quantity;
    use crate::claim::testing::with_context;

    fn check(text: &str, expected: &[&str]) {
        let found: Vec<String> =
            with_context(text, |ctx, tree| find(ctx, tree, &quantity::find(ctx)).iter().map(show).collect());
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
