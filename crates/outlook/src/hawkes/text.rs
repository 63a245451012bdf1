//! *What does a fit say, in words?*

use std::fmt::Write;

use crate::hawkes::Fit;

/// What a reader of the numbers should know.
pub fn notes(fit: &Fit, share_tied: f64) -> Vec<String> {
    let mut notes = Vec::new();
    if share_tied > 0.05 {
        notes.push(format!(
            "{:.0} % of the events stand at exactly the time of another of their kind: such times look like dates, of which \
             who followed whom within the day cannot be told.",
            100.0 * share_tied
        ));
    }
    if !fit.converged {
        notes.push("The search did not end at an optimum for every kind: take the numbers as a lower bound of the fit.".to_owned());
    }
    if fit.radius >= 1.0 {
        notes.push(format!(
            "Each event brings about {:.2} further ones in the long run: the process is unstable, and nothing should be \
             forecast from it.",
            fit.radius
        ));
    }
    let worst = fit.goodness.iter().map(|goodness| goodness.p).fold(1.0, f64::min);
    let corrected = worst * fit.nodes.len() as f64;
    if corrected < 0.01 {
        notes.push(
            "The times of at least one kind do not look as the process would have them (p below 0.01): read the effects as a \
             summary, not as the mechanism."
                .to_owned(),
        );
    }
    notes.push("That one kind follows another is association: both may answer to something that is not in the record.".to_owned());
    notes
}

/// The fit for a person.
pub fn text(fit: &Fit) -> String {
    let mut out = String::new();
    let unit = fit.unit;
    let _ = writeln!(
        out,
        "{} events of {} kinds over {:.1} {unit}s · log-likelihood {:.5} an event ({:.5} by chance alone)",
        fit.n,
        fit.nodes.len(),
        fit.end - fit.start,
        fit.loglik_per_event,
        fit.loglik_poisson
    );
    let _ = writeln!(out, "\nBACKGROUND, events a {unit} that no recorded event brought about");
    for (node, name) in fit.nodes.iter().enumerate() {
        let fits = &fit.goodness[node];
        let _ = writeln!(
            out,
            "  {name}: {:.4}{} · {} events · times fit with p = {:.3}",
            fit.mu[node],
            plus_minus(fit.se.mu[node]),
            fit.n_by_node[node],
            fits.p
        );
    }
    let _ = writeln!(
        out,
        "\nEFFECTS, events that each event of a kind brings about directly (90 % interval), mean delay"
    );
    let effects = effects(fit);
    for (kind, of, alpha) in &effects {
        let interval = fit.se.alpha[*kind][*of].map_or(String::new(), |error| {
            format!(" ({:.3}-{:.3})", (alpha - 1.645 * error).max(0.0), alpha + 1.645 * error)
        });
        let delay = 1.0 / fit.process.beta[*kind][*of];
        let _ = writeln!(
            out,
            "  {} → {}: {alpha:.3}{interval}, {delay:.2} {unit}s",
            fit.nodes[*of], fit.nodes[*kind]
        );
    }
    if effects.is_empty() {
        let _ = writeln!(out, "  none that can be told from chance");
    }
    let _ = writeln!(
        out,
        "\nEach event brings about {:.2} further ones directly or not, in the kind that does most of it; below 1 is stable.",
        fit.radius
    );
    for note in &fit.notes {
        let _ = writeln!(out, "Note: {note}");
    }
    out
}

/// The effects whose interval lies above 0, largest first: the kind brought about, the kind that does it, how many.
fn effects(fit: &Fit) -> Vec<(usize, usize, f64)> {
    let all = fit
        .process
        .alpha
        .iter()
        .enumerate()
        .flat_map(|(kind, row)| row.iter().enumerate().map(move |(of, alpha)| (kind, of, *alpha)));
    let is_told = |(kind, of, alpha): &(usize, usize, f64)| {
        fit.se.alpha[*kind][*of].is_some_and(|error| alpha - 1.645 * error > 0.0)
    };
    let mut told: Vec<_> = all.filter(is_told).collect();
    told.sort_by(|(_, _, one), (_, _, other)| other.total_cmp(one));
    told
}

fn plus_minus(error: Option<f64>) -> String {
    error.map_or(String::new(), |error| format!(" ± {error:.4}"))
}
