//! *Here is a batch of reports: what does each state?*

use annalist_schema::{
    Document, Mention, Note, NoteKind, Published, Reading, Report, ReportHead, Span, Timex, Toponym, View,
};
use thiserror::Error;

use crate::claim::relate::{Question, Relation, relate};
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

/// Days of publication that leave more than so many days open tell nothing of "last year": such times stay symbolic.
const WIDEST_ANCHOR: i64 = 2 * 366;

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
        self.map(reports, read_one)
    }

    /// What the first named party does to the second, for each question: `None` where no word tells.
    ///
    /// Answers come in the order of the questions, and each depends on its own question alone.
    pub fn relate(&self, questions: &[Question]) -> Vec<Option<Relation>> {
        let report = |question: &Question| Report { text: question.text.clone(), ..Report::default() };
        let reports: Vec<Report> = questions.iter().map(report).collect();
        let trees = self.map(&reports, |_, outline, document| (outline, document));
        let parts = questions.iter().zip(&reports).zip(trees);
        parallel::map(parts, self.n_workers, |((question, report), (outline, document)), _| {
            let (prepared, _) = Prepared::of(report, &outline, &document);
            relate(&prepared.claims(report, &document), question)
        })
    }

    fn map<R: Send>(
        &self,
        reports: &[Report],
        work: impl Fn(&Report, report::Outline, Document) -> R + Sync,
    ) -> Vec<R> {
        let outlines: Vec<_> = reports.iter().map(report::outline).collect();
        let texts: Vec<_> =
            reports.iter().zip(&outlines).map(|(report, outline)| (report.text.as_str(), outline)).collect();
        let documents = self.analyser.analyse(&texts);
        let parts = reports.iter().zip(outlines).zip(documents);
        parallel::map(parts, self.n_workers, |((report, outline), document), _| {
            work(report, outline, document)
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
    let (context, mut notes) = Prepared::of(report, &outline, &document);
    let coded = claim::code(&context.claims(report, &document), &mut notes);
    notes.sort_by_key(|note| (note.span, note.kind));
    let Prepared { timexes, published, toponyms, mentions } = context;
    Reading {
        id: report.id.clone(),
        report: ReportHead {
            title: outline.title_text(report),
            outlet: outline.outlet,
            lang: report.lang.clone(),
            published,
        },
        sentences: document.sentences.iter().map(|sentence| sentence.span).collect::<Vec<Span>>(),
        fingerprint: claim::fingerprint(View::new(&report.text, &document)),
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

/// What is found before claims are.
struct Prepared {
    timexes: Vec<Timex>,
    published: Option<Published>,
    toponyms: Vec<Toponym>,
    mentions: Vec<Mention>,
}

impl Prepared {
    fn of(report: &Report, outline: &report::Outline, document: &Document) -> (Self, Vec<Note>) {
        let view = View::new(&report.text, document);
        let mut notes: Vec<Note> = report.published_unread.iter().map(|value| unread_date(value)).collect();
        let timexes = mention::timex::find(view);
        let published = report::date::publication(report, outline, view, &timexes, &mut notes);
        let anchor =
            published.as_ref().map(|published| published.value).filter(|days| days.n_days() <= WIDEST_ANCHOR);
        let timexes = mention::timex::resolve(view, timexes, anchor);
        let toponyms = mention::toponym::find(view, &mut notes);
        let mentions = mention::find(view, &timexes, &toponyms);
        (Self { timexes, published, toponyms, mentions }, notes)
    }

    fn claims<'a>(&'a self, report: &'a Report, document: &'a Document) -> claim::Context<'a> {
        claim::Context {
            report,
            view: View::new(&report.text, document),
            published: self.published.as_ref(),
            timexes: &self.timexes,
            toponyms: &self.toponyms,
            mentions: &self.mentions,
        }
    }
}
