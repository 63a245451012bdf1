//! Sentences with the expressions and values that should be read from them.

use annalist_schema::{DayInterval, Document, Timex, View};
use jiff::ToSpan;
use proptest::prelude::*;

use super::{find, lexicon, resolve};
use said::{Said, said};

mod said;

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
fn dates_with_a_name_or_the_year_between_marks() {
    for text in ["Jan-27-2024", "27/Jan/2024", "27-Jan-24", "2024-Jan-27", "2024/01/27", "2024.1.27"] {
        check(text, "2024-03-01", &[(text, "2024-01-27")]);
    }
    check("It rained on 19-Nov-12.", "2021-03-03", &[("19-Nov-12", "2012-11-19")]);
    check("It rained on 1/2/2003/4.", "2021-03-03", &[("1/2/2003", "2003-01-02")]);
    check("on the 1st and 2nd of May", "2021-06-01", &[("1st", "2021-05-01"), ("2nd of May", "2021-05-02")]);
}

#[test]
fn weeks_by_one_of_their_days() {
    check("in the week of June 14", "2021-07-01", &[("the week of June 14", "2021-W24")]);
    check("in the week of June 17", "2021-07-01", &[("the week of June 17", "2021-W24")]);
    check(
        "in the week beginning 13 June",
        "2021-07-01",
        &[("the week beginning 13 June", "2021-06-13/2021-06-19")],
    );
    check("in the week ending June 20", "2021-07-01", &[("the week ending June 20", "2021-W24")]);
    check("It rained last weekend.", "2021-03-03", &[("last weekend", "2021-W08-WE")]);
    check("the start of last weekend", "2021-03-03", &[("the start of last weekend", "2021-02-27")]);
    check("It rained the weekend before last.", "2021-03-03", &[("the weekend before last", "2021-W07-WE")]);
    check("It may rain next weekend.", "2021-03-03", &[("next weekend", "2021-W10-WE")]);
}

#[test]
fn four_digits_that_are_hours() {
    check(
        "Between 1700 and 1800 GMT on Tuesday it rained.",
        "2021-03-03",
        &[("1700", "2021-03-02T17:00"), ("1800 GMT on Tuesday", "2021-03-02T18:00")],
    );
    check(
        "It rained from 1900 to 2000 on Tuesday.",
        "2021-03-03",
        &[("1900", "2021-03-02T19:00"), ("2000 on Tuesday", "2021-03-02T20:00")],
    );
    check("It rained at 0430 on Tuesday.", "2021-03-03", &[("0430 on Tuesday", "2021-03-02T04:30")]);
    check(
        "It rained at 1730 hours on Tuesday.",
        "2021-03-03",
        &[("1730 hours on Tuesday", "2021-03-02T17:30")],
    );
    check("It rained at 17h30 on Tuesday.", "2021-03-03", &[("17h30 on Tuesday", "2021-03-02T17:30")]);
    check("It rained between 1990 and 2000.", "2021-03-03", &[("1990", "1990"), ("2000", "2000")]);
}

#[test]
fn months_that_are_names() {
    check("Theresa May left, and May spoke in May.", "2021-06-03", &[("May", "2021-05")]);
    check("Theresa may speak, and May rejected it in May.", "2021-06-03", &[("May", "2021-05")]);
    check("They shot April Jones in April.", "2021-06-03", &[("April", "2021-04")]);
    check("Mrs June spoke.", "2021-06-03", &[]);
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
fn what_no_calendar_has() {
    check("It rained at 24:00 GMT.", "", &[("24:00 GMT", "XXXX-XX-XXT24:00")]);
    check("It rained at 24:01 GMT.", "", &[]);
    check("In 2 BC it rained until Rajab.", "", &[("2 BC", "BC0002"), ("Rajab", "XXXX-XX-XX")]);
    check("It rained over the weekend.", "9999-12-31", &[("the weekend", "9999-W51-WE")]);
    assert!(read("It rained over the weekend.", "9999-12-31")[0].alternatives.is_empty());
}

#[test]
fn an_interval_of_publication_gives_what_all_its_days_agree_on() {
    check("They agreed last August.", "2024-02-05/2024-02-29", &[("last August", "2023-08")]);
    let timexes = read("It rained yesterday.", "2024-02-05/2024-02-29");
    assert_eq!(timexes[0].value, "XXXX-XX-XX");
    assert_eq!(timexes[0].days, DayInterval::parse("2024-02-04/2024-02-28"));
}

/// The value is of some calendar, and its days are what it says; where it leaves parts open, a day that fits is among them.
fn check_value(timex: &Timex) -> Result<(), TestCaseError> {
    for value in &timex.alternatives {
        prop_assert!(said(value).is_some(), "impossible: {} beside {:?}", value, timex);
    }
    match (said(&timex.value), timex.days) {
        (None, _) => prop_assert!(false, "impossible: {:?}", timex),
        (Some(Said::Days(said)), days) => prop_assert_eq!(Some(said), days, "{:?}", timex),
        (Some(Said::Pattern(pattern)), Some(days)) => {
            let first_years = days.earliest.series(1.day()).take_while(|day| *day <= days.latest).take(800);
            prop_assert!(first_years.into_iter().any(|day| pattern.fits(day)), "{:?}", timex);
        }
        (Some(Said::Pattern(_) | Said::NoDays), _) => {}
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10_000, ..ProptestConfig::default() })]

    /// Spans slice at characters and do not overlap, days never run backwards, and no value is impossible.
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
            check_value(&timex)?;
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
        (1_i16..=9999, 1_i8..=12, 1_i8..=28)
            .prop_map(|(year, month, day)| format!("{year:04}-{month:02}-{day:02}")),
        (1900_i16..2100, 1_i8..=11, 1_i8..=28).prop_map(|(year, month, day)| format!(
            "{year}-{month:02}-{day:02}/{year}-{:02}-{day:02}",
            month + 1
        )),
    ]
}

/// Texts of the tagger's own words, of numbers and marks, as they are and as parts of forms that dates have; and any text.
fn any_text() -> impl Strategy<Value = String> {
    let texts = proptest::collection::vec(any_piece(), 0..14).prop_map(|pieces| pieces.concat());
    prop_oneof![6 => texts, 3 => any_form(), 1 => any::<String>()]
}

/// A word or number with what may stand behind it.
fn any_piece() -> impl Strategy<Value = String> {
    let gaps =
        [" ", " ", " ", " ", " ", "-", "/", ".", ", ", ":", "\n", "\n\n", " – ", "’s ", "(", "\u{a0}", ""];
    (any_word(), proptest::sample::select(gaps.to_vec())).prop_map(|(word, gap)| word + gap)
}

fn any_word() -> impl Strategy<Value = String> {
    let more = [
        "February 30",
        "February 29",
        "31",
        "0",
        "00",
        "Ramadan 1445",
        "mid-",
        "the end of",
        "'98",
        "é",
        "😀",
        "٣",
        "二月",
        "B.C.",
        "A.D.",
        "p.m.",
        "o'clock",
        "St.",
        "No.",
        "\u{202e}",
        "\u{301}",
        "\0",
    ];
    prop_oneof![
        6 => proptest::sample::select(lexicon::vocabulary()),
        2 => proptest::sample::select(more.to_vec()).prop_map(str::to_owned),
        2 => (0_u32..3_000).prop_map(|number| number.to_string()),
        1 => any::<u64>().prop_map(|number| number.to_string()),
        1 => (0_u32..120, proptest::sample::select(vec!["st", "nd", "rd", "th", "s", "am", "pm", "-year-old", "BC"]))
            .prop_map(|(number, end)| format!("{number}{end}")),
        1 => "\\PC{1,4}",
    ]
}

/// Dates and times in the forms that texts have, most of them of no calendar.
fn any_form() -> impl Strategy<Value = String> {
    let months = ["January", "Feb.", "Sept", "MAY", "Muharram", "Ramadan"];
    let parts = (
        0_u32..10_500,
        0_u32..15,
        0_u32..34,
        0_u32..30,
        0_u32..70,
        proptest::sample::select(months.to_vec()),
    );
    (parts, 0..12_u32).prop_map(|((year, month, day, hour, minute, name), form)| match form {
        0 => format!("{year}-{month:02}-{day:02}"),
        1 => format!("{day}/{month}/{year}"),
        2 => format!("{month}.{day}.{year:02}"),
        3 => format!("{name} {day}, {year}"),
        4 => format!("the {day}th of {name} {year} BC"),
        5 => format!("at {hour}:{minute:02} pm on {day} {name}"),
        6 => format!("{year}-{month:02}-{day:02}T{hour:02}:{minute:02}Z"),
        7 => format!("{year}-W{minute:02}-{month}"),
        8 => format!("from {name} {day} to {name} {month} {year}"),
        9 => format!("{hour}h{minute} GMT, {year}/{month}/{day}"),
        10 => format!("the {day}th week of {year} and the {month}th quarter"),
        _ => format!("{day}-{month} {name} in the {year}s"),
    })
}
