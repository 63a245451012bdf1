//! Sentences with the expressions and values that should be read from them.

use annalist_schema::{DayInterval, Document, Timex, View};
use proptest::prelude::*;

use super::{find, resolve};

fn read(text: &str, published: &str) -> Vec<Timex> {
    let document = Document::default();
    let view = View::new(text, &document);
    resolve(view, find(view), DayInterval::parse(published))
}

/// `expected` pairs words and values.
fn check(text: &str, published: &str, expected: &[(&str, &str)]) {
    let timexes = read(text, published);
    let found: Vec<_> = timexes
        .iter()
        .map(|timex| (annalist_schema::Span::from(timex.span).of(text), &*timex.value))
        .collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn dates_in_all_their_forms() {
    for text in [
        "27 January 2024",
        "January 27, 2024",
        "Jan. 27, 2024",
        "the 27th of January 2024",
        "Saturday, January 27, 2024",
        "2024-01-27",
        "27.01.2024",
        "27/01/2024",
    ] {
        check(text, "2024-03-01", &[(text, "2024-01-27")]);
    }
    check("It fell in May 1954.", "", &[("May 1954", "1954-05")]);
    check("The 1990s were calm.", "", &[("The 1990s", "199")]);
    check("a text of the 19th century", "", &[("the 19th century", "18")]);
    check("It burned in 480 BC.", "", &[("480 BC", "BC0480")]);
    check("On 3-7 June 2021 they met.", "", &[("3", "2021-06-03"), ("7 June 2021", "2021-06-07")]);
    check("between May and August 2008", "", &[("May", "2008-05"), ("August 2008", "2008-08")]);
}

#[test]
fn days_and_months_without_a_year() {
    check("He left on Friday.", "2024-02-11", &[("Friday", "2024-02-09")]);
    check("He will leave on Friday.", "2024-02-11", &[("Friday", "2024-02-16")]);
    check("They met on November 3.", "2024-02-11", &[("November 3", "2023-11-03")]);
    check("They will meet on March 3.", "2024-02-11", &[("March 3", "2024-03-03")]);
    check("They agreed last August.", "2024-02-11", &[("last August", "2023-08")]);
    check("They agreed in October last year.", "2024-02-11", &[("October last year", "2023-10")]);
    check("They agreed on October 7 last year.", "2024-02-11", &[("October 7 last year", "2023-10-07")]);
    check("It was struck on Sunday, March 3.", "", &[("Sunday, March 3", "XXXX-03-03")]);
}

#[test]
fn expressions_that_count_from_the_day_of_publication() {
    check("It rained yesterday.", "2024-03-01", &[("yesterday", "2024-02-29")]);
    check("It rained two weeks ago.", "2024-03-01", &[("two weeks ago", "2024-W07")]);
    check("It rained last month.", "2024-03-31", &[("last month", "2024-02")]);
    check("It rained earlier this year.", "2024-03-31", &[("earlier this year", "2024")]);
    check("It rained last night.", "2024-03-31", &[("last night", "2024-03-30TNI")]);
    check("It rained at 10:30 p.m. Monday.", "2024-04-03", &[("10:30 p.m. Monday", "2024-04-01T22:30")]);
    check("It rained yesterday.", "", &[("yesterday", "XXXX-XX-XX")]);
}

#[test]
fn expressions_that_count_from_the_story() {
    check(
        "On 3 May 1999 he left. Three days later he died.",
        "2024-01-01",
        &[("3 May 1999", "1999-05-03"), ("Three days later", "1999-05-06")],
    );
    check(
        "On 3 May 1999 he left. That night it rained.",
        "2024-01-01",
        &[("3 May 1999", "1999-05-03"), ("That night", "1999-05-03TNI")],
    );
    check(
        "In 1999 he left. The following year he died.",
        "2024-01-01",
        &[("1999", "1999"), ("The following year", "2000")],
    );
}

#[test]
fn lengths_and_sets() {
    check("a 40-year-old man", "", &[("40-year-old", "P40Y")]);
    check("for more than 20 years", "", &[("more than 20 years", "P20Y")]);
    check("over the past three months", "2024-03-01", &[("the past three months", "P3M")]);
    check("a two-week truce", "", &[("two-week", "P2W")]);
    check("It rains every Monday.", "", &[("every Monday", "XXXX-WXX-1")]);
    check("Two and a half years passed.", "", &[("Two and a half years", "P2Y6M")]);
}

#[test]
fn words_that_only_look_like_times() {
    check("Up to 1,900 troops may march.", "", &[]);
    check("Some 2000 people left.", "", &[]);
    check("You may go.", "", &[]);
    check("He came second.", "", &[]);
    check("Resolution 1701", "", &[]);
}

#[test]
fn an_interval_of_publication_gives_what_all_its_days_agree_on() {
    check("They agreed last August.", "2024-02-05/2024-02-29", &[("last August", "2023-08")]);
    let timexes = read("It rained yesterday.", "2024-02-05/2024-02-29");
    assert_eq!(timexes[0].value, "XXXX-XX-XX");
    assert_eq!(timexes[0].days, DayInterval::parse("2024-02-04/2024-02-28"));
}

proptest! {
    /// Spans slice at characters, do not overlap, and days never run backwards.
    #[test]
    fn any_text_is_read_without_harm(text in any_text(), published in any_day()) {
        let timexes = read(&text, &published);
        let mut last = 0;
        for timex in timexes {
            let span = annalist_schema::Span::from(timex.span);
            prop_assert!(!span.of(&text).is_empty());
            prop_assert!(span.start >= last);
            last = span.end;
            prop_assert!(timex.days.is_none_or(|days| days.earliest <= days.latest));
            // A value that says days says those days.
            if let (Some(said), Some(days)) = (DayInterval::parse(&timex.value), timex.days) {
                prop_assert_eq!(said, days);
            }
        }
    }
}

fn any_day() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        Just("2024-02-29".to_owned()),
        Just("0001-01-01".to_owned()),
        Just("9999-12-31".to_owned()),
        Just("2024-01-01/2024-03-01".to_owned()),
    ]
}

/// Random words of the grammar glued together, and random text.
fn any_text() -> impl Strategy<Value = String> {
    let words = [
        "the",
        "last",
        "next",
        "three",
        "99999",
        "2024",
        "31",
        "February",
        "February 30",
        "Friday",
        "weeks",
        "centuries",
        "ago",
        "later",
        "years",
        "-",
        ",",
        "of",
        "BC",
        "at",
        "10:30",
        "pm",
        "night",
        "every",
        "half",
        "and a",
        "million",
        "decade",
        "1980s",
        "quarter",
        "Ramadan",
        "Easter",
        "1445",
        "summer",
        "that",
        "year",
        "day",
        "’s",
        "é",
        "😀",
        "\n\n",
        ".",
        "mid",
        "early",
        "the end of",
        "hours",
        "2/29/2023",
        "12.13.2024",
        "9999",
    ];
    prop_oneof![
        proptest::collection::vec(proptest::sample::select(words.to_vec()), 0..12)
            .prop_map(|words| words.join(" ")),
        any::<String>(),
    ]
}
