//! *How do events lie in time?* A bar for each, as long as the days that are open; above them how many began when.

use annalist::archive::EventLine;
use annalist::schema::DayInterval;
use maud::{Markup, html};

use super::scale::{Days, Numbers};
use crate::address::of_event;
use crate::marks::told;
use crate::words;

const WIDTH: f64 = 760.0;

/// How many events began in each span of time; a bar leads to its span.
pub fn bars(spans: &[(String, usize)], letters: usize, address: impl Fn(&str) -> String) -> Markup {
    let days = |span: &str| DayInterval::parse(span);
    let (Some(first), Some(last)) =
        (spans.first().and_then(|(span, _)| days(span)), spans.last().and_then(|(span, _)| days(span)))
    else {
        return html! {};
    };
    let scale = Days::new(DayInterval::new(first.earliest, last.latest), 40.0, WIDTH);
    let most = spans.iter().map(|(_, n)| *n).max().unwrap_or(1);
    let numbers = Numbers::new(most as f64, 10.0, 90.0);
    let unit = match letters {
        4 => "year",
        7 => "month",
        _ => "day",
    };
    html! {
        figure.chart {
            figcaption { "Events by the " (unit) " in which they began" }
            svg viewBox={ "0 0 " (WIDTH) " 116" } role="group" aria-label={ "Events by " (unit) ", at most " (most) " in one" } {
                @for (y, name) in numbers.ticks() {
                    line.grid x1="40" x2=(WIDTH) y1=(round(y)) y2=(round(y)) {}
                    text.axis x="34" y=(round(y + 4.0)) text-anchor="end" { (name) }
                }
                @for (x, name) in scale.ticks() { text.axis x=(round(x)) y="110" { (name) } }
                @for (span, n) in spans {
                    @if let Some(these) = days(span) {
                        @let (left, right) = (scale.at(these.earliest), scale.after(these.latest));
                        a href=(address(span)) aria-label={ (words::days(span)) ": " (words::count(*n, "event")) } {
                            rect.bar x=(round(left)) y=(round(numbers.at(*n as f64))) width=(round((right - left - 1.0).max(1.5))) height=(round(90.0 - numbers.at(*n as f64))) {
                                title { (words::days(span)) ": " (words::count(*n, "event")) }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Events one under another, each at its days.
pub fn events(
    lines: &[EventLine],
    window: DayInterval,
    chosen: Option<&str>,
    pick: impl Fn(&str) -> String,
) -> Markup {
    let (left, right) = (0.0, 300.0);
    let scale = Days::new(window, left, right);
    html! {
        ol.bars {
            li.axis aria-hidden="true" {
                span {} svg viewBox="0 0 300 16" { @for (x, name) in scale.ticks().into_iter().step_by(2) { text.axis x=(round(x)) y="12" { (name) } } } span {}
            }
            @for line in lines {
                li.chosen[chosen == Some(line.id.as_str())] {
                    span.day { @match line.first.zip(line.last) {
                        Some((first, last)) => (crate::marks::day(Some(&DayInterval::new(first, last).format()))),
                        None => span.none { "undated" }
                    } }
                    svg viewBox="0 0 300 16" aria-hidden="true" {
                        line.grid x1="0" x2="300" y1="8" y2="8" {}
                        @if let Some((first, last)) = line.first.zip(line.last) {
                            @let (x, end) = (scale.at(first), scale.after(last));
                            rect.bar.open[line.is_contradicted] x=(round(x)) y=(round(8.0 - thick(line) / 2.0)) width=(round((end - x).max(2.0))) height=(round(thick(line))) rx="1" {}
                        }
                    }
                    a.pick href=(pick(&line.id)) data-open=(of_event(&line.id)) {
                        span.code { b { (line.event_type.as_deref().unwrap_or("—")) } } " "
                        (told(&words::cut(line.headline.as_deref().unwrap_or(""), 160)))
                        " " span.n { (line.n_reports) }
                    }
                }
            }
        }
    }
}

/// The more reports tell it, the thicker.
fn thick(line: &EventLine) -> f64 {
    (3.0 + (line.n_reports as f64).sqrt() * 2.0).min(12.0)
}

/// A tenth of a point is finer than any screen.
pub fn round(n: f64) -> f64 {
    (n * 10.0).round() / 10.0
}
