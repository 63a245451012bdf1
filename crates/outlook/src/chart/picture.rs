//! *How is a mark put on a picture?* One SVG that needs nothing from elsewhere; every word is escaped.

use std::fmt::Write;

/// What something is drawn in.
pub const OURS: &str = "#d98a1c";
/// See [`OURS`].
pub const SEEN: &str = "#3b6ea5";
/// See [`OURS`].
pub const NAIVE: &str = "#8a8a8a";
/// See [`OURS`].
pub const CHANGED: &str = "#b03a2e";
/// See [`OURS`].
pub const FAINT: &str = "#dddddd";
/// See [`OURS`].
pub const INK: &str = "#222222";

/// Where a text begins.
#[derive(Clone, Copy, PartialEq)]
pub enum Anchor {
    /// At the point.
    Start,
    /// Around it.
    Middle,
    /// It ends there.
    End,
}

/// Letters of a line of text that is as wide as a picture.
const LINE: usize = 118;
/// Height of such a line.
const LINE_HEIGHT: f64 = 17.0;
/// Width of every picture.
pub const WIDTH: f64 = 760.0;

/// A picture that grows.
pub struct Picture {
    marks: String,
    title: String,
    told: String,
    height: f64,
}

impl Picture {
    /// An empty one with a title above it, and what it shows in words for whoever cannot see it.
    pub fn new(title: &str, told: &str) -> Self {
        let mut picture =
            Self { marks: String::new(), title: escaped(title), told: escaped(told), height: 30.0 };
        picture.write((12.0, 20.0), Anchor::Start, INK, 15.0, title);
        picture
    }

    /// Where the next part may begin.
    pub fn height(&self) -> f64 {
        self.height
    }

    /// Makes room up to a height.
    pub fn reach(&mut self, height: f64) {
        self.height = self.height.max(height);
    }

    fn write(&mut self, (x, y): (f64, f64), anchor: Anchor, fill: &str, size: f64, text: &str) {
        let anchor = match anchor {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        };
        let _ = writeln!(
            self.marks,
            "<text x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"{anchor}\" fill=\"{fill}\" font-size=\"{size}\">{}</text>",
            escaped(text)
        );
    }

    /// Words at a point.
    pub fn text(&mut self, at: (f64, f64), anchor: Anchor, fill: &str, text: &str) {
        self.write(at, anchor, fill, 12.0, text);
    }

    /// A heading below everything so far.
    pub fn heading(&mut self, x: f64, text: &str) {
        let y = self.height + 16.0;
        self.write((x, y), Anchor::Start, INK, 13.0, text);
    }

    /// A whole sentence or more below everything so far, over as many lines as it takes.
    pub fn sentence(&mut self, text: &str) {
        let mut line = String::new();
        for word in text.split_whitespace() {
            if line.chars().count() + word.chars().count() >= LINE {
                self.line_of_text(&std::mem::take(&mut line));
            }
            line += if line.is_empty() { "" } else { " " };
            line += word;
        }
        self.line_of_text(&line);
    }

    fn line_of_text(&mut self, text: &str) {
        let y = self.height + LINE_HEIGHT - 3.0;
        self.text((12.0, y), Anchor::Start, INK, text);
        self.height += LINE_HEIGHT;
    }

    /// A line, broken where `is_broken`.
    pub fn line(&mut self, from: (f64, f64), to: (f64, f64), stroke: &str, width: f64, is_broken: bool) {
        let broken = if is_broken { " stroke-dasharray=\"4 3\"" } else { "" };
        let _ = writeln!(
            self.marks,
            "<line x1=\"{:.1}\" y1=\"{:.1}\" x2=\"{:.1}\" y2=\"{:.1}\" stroke=\"{stroke}\" stroke-width=\"{width}\"{broken}/>",
            from.0, from.1, to.0, to.1
        );
    }

    /// A bar between two corners.
    pub fn bar(&mut self, from: (f64, f64), to: (f64, f64), fill: &str) {
        let (x, y) = (from.0.min(to.0), from.1.min(to.1));
        let (width, height) = ((from.0 - to.0).abs().max(0.5), (from.1 - to.1).abs());
        let _ = writeln!(
            self.marks,
            "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" fill=\"{fill}\"/>"
        );
    }

    /// A dot; a ring where `is_open`.
    pub fn dot(&mut self, (x, y): (f64, f64), radius: f64, colour: &str, is_open: bool) {
        let fill = if is_open { "#ffffff" } else { colour };
        let _ = writeln!(
            self.marks,
            "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{radius:.1}\" fill=\"{fill}\" stroke=\"{colour}\" stroke-width=\"1.5\"/>"
        );
    }

    /// A line through points.
    pub fn path(&mut self, points: &[(f64, f64)], stroke: &str) {
        let points: Vec<String> = points.iter().map(|(x, y)| format!("{x:.1},{y:.1}")).collect();
        let _ = writeln!(
            self.marks,
            "<polyline points=\"{}\" fill=\"none\" stroke=\"{stroke}\" stroke-width=\"2\"/>",
            points.join(" ")
        );
    }

    /// The whole SVG.
    pub fn finish(self) -> String {
        let Self { marks, title, told, height } = self;
        let height = height + 10.0;
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height:.0}\" role=\"img\" font-family=\"sans-serif\" \
             font-size=\"12\"><title>{title}</title><desc>{told}</desc><rect width=\"{WIDTH}\" height=\"{height:.0}\" \
             fill=\"#fff\"/>\n{marks}</svg>\n"
        )
    }
}

/// Places on an axis with round numbers, from 0 to a little above the largest value.
pub fn ticks(largest: f64) -> Vec<f64> {
    let rough = largest.max(1e-9) / 4.0;
    let power = 10f64.powf(rough.log10().floor());
    let step = [1.0, 2.0, 5.0, 10.0].into_iter().map(|part| part * power).find(|step| *step >= rough * 0.999);
    let step = step.unwrap_or(rough);
    (0..).map(|at| f64::from(at) * step).take_while(|tick| *tick < largest + step).take(8).collect()
}

/// A number on an axis.
pub fn number(value: f64) -> String {
    if value.fract().abs() < 1e-9 { format!("{value:.0}") } else { format!("{value:.2}") }
}

/// Names are foreign text: nothing of them may become markup.
fn escaped(text: &str) -> String {
    let one = |character: char| match character {
        '<' => "&lt;".to_owned(),
        '>' => "&gt;".to_owned(),
        '&' => "&amp;".to_owned(),
        '"' => "&quot;".to_owned(),
        character if character.is_control() => " ".to_owned(),
        character => character.to_string(),
    };
    text.chars().map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(largest: f64, expected: &[f64]) {
        let found = ticks(largest);
        let near = |(one, other): (&f64, &f64)| (one - other).abs() < 1e-9;
        assert!(found.len() == expected.len() && found.iter().zip(expected).all(near), "{found:?}");
    }

    #[test]
    fn axes_have_round_numbers() {
        check(23.0, &[0.0, 10.0, 20.0, 30.0]);
        check(4.0, &[0.0, 1.0, 2.0, 3.0, 4.0]);
        check(0.8, &[0.0, 0.2, 0.4, 0.6, 0.8]);
        check(0.0, &[0.0]);
    }

    #[test]
    fn words_are_no_markup_and_long_ones_take_several_lines() {
        let mut picture = Picture::new("<script>", "a \"b\" & \u{7}");
        picture.sentence(&"word ".repeat(60));
        let svg = picture.finish();
        assert!(
            !svg.contains("<script") && !svg.contains('\u{7}') && svg.contains("&quot;b&quot; &amp;"),
            "{svg}"
        );
        assert_eq!(svg.matches("<text").count(), 4, "{svg}");
    }
}
