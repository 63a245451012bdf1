//! *Here is a batch of reports: what does each state?*

use annalist_schema::{Document, Note, NoteKind, Reading, Report, ReportHead, Span, View};
use thiserror::Error;

use crate::{claim, document, mention, parallel, report};

/// Which analysis fills the documents.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tier {
    /// Neural encoder: the best reading.
    #[default]
    Full,
    /// Perceptron tagger and greedy parser: about fifteen times faster.
    Fast,
}

/// How to read.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// Which analysis to use.
    pub tier: Tier,
    /// On how many threads; zero is one for each core. Readings do not depend on it.
    pub threads: usize,
}

impl Options {
    fn n_workers(self) -> usize {
        let n_cores = || std::thread::available_parallelism().map_or(1, usize::from);
        if self.threads == 0 { n_cores() } else { self.threads }
    }
}

/// What keeps a reader from starting.
#[derive(Debug, Error)]
pub enum Error {
    /// A model file is damaged or of another version.
    #[error("model: {0}")]
    Model(String),
}

/// Loaded models and knowledge; cheap to share between threads.
pub struct Reader {
    analyser: document::Analyser,
    n_workers: usize,
}

impl Reader {
    /// Loads what reading needs. Takes tens of milliseconds, so do it once.
    ///
    /// # Errors
    /// If a model file is damaged.
    pub fn new(options: Options) -> Result<Self, Error> {
        let n_workers = options.n_workers();
        Ok(Self { analyser: document::Analyser::with_workers(options.tier, n_workers)?, n_workers })
    }

    /// Reads reports. Each reading depends on its own report alone; batches exist because the encoder works on many
    /// sentences at once ten times faster than on one.
    pub fn read(&self, reports: &[Report]) -> Vec<Reading> {
        let outlines: Vec<_> = reports.iter().map(report::outline).collect();
        let texts: Vec<_> =
            reports.iter().zip(&outlines).map(|(report, outline)| (report.text.as_str(), outline)).collect();
        let documents = self.analyser.analyse(&texts);
        let parts = reports.iter().zip(outlines).zip(documents);
        parallel::map(parts, self.n_workers, |((report, outline), document), _| {
            read_one(report, outline, document)
        })
    }
}

/// A date that the caller gave and nobody can read.
fn unread_date(value: &str) -> Note {
    let message =
        format!("`published` is `{value}`, which is no date such as 2024-02-11: it was passed over");
    Note { kind: NoteKind::UndatedReport, span: None, message }
}

fn read_one(report: &Report, outline: report::Outline, document: Document) -> Reading {
    let view = View::new(&report.text, &document);
    let mut notes: Vec<Note> = report.published_unread.iter().map(|value| unread_date(value)).collect();
    let timexes = mention::timex::find(view);
    let published = report::date::publication(report, &outline, view, &timexes, &mut notes);
    let timexes = mention::timex::resolve(view, timexes, published.as_ref().map(|published| published.value));
    let toponyms = mention::toponym::find(view, &mut notes);
    let mentions = mention::find(view, &timexes, &toponyms);
    let context = claim::Context {
        report,
        view,
        published: published.as_ref(),
        timexes: &timexes,
        toponyms: &toponyms,
        mentions: &mentions,
    };
    let coded = claim::code(&context, &mut notes);
    notes.sort_by_key(|note| (note.span, note.kind));
    Reading {
        id: report.id.clone(),
        report: ReportHead {
            title: outline.title_text(report),
            outlet: outline.outlet,
            lang: report.lang.clone(),
            published,
        },
        sentences: document.sentences.iter().map(|sentence| sentence.span).collect::<Vec<Span>>(),
        fingerprint: claim::fingerprint(view),
        timexes,
        toponyms,
        mentions,
        claims: coded.claims,
        postures: coded.postures,
        process_states: coded.process_states,
        notes,
        document,
        ..Reading::default()
    }
}
