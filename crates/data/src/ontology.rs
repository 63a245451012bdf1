//! *What do the codes mean, and how do they relate?* PLOVER and CAMEO tables.
//!
//! The tables are `data/ontology/plover.toml` and `data/ontology/cameo.tsv`; where the codebooks contradict themselves, the
//! README beside them says what was taken.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use annalist_schema::{Cameo, Context, EventType, Mode, Sector};
use serde::Deserialize;
use toml::Spanned;

use crate::error::{Error, checked, from_toml, loaded};

const PLOVER: &str = "data/ontology/plover.toml";
const CAMEO: &str = "data/ontology/cameo.tsv";

/// PLOVER and CAMEO, loaded.
#[derive(Debug, Default)]
pub struct Ontology {
    types: HashMap<EventType, TypeEntry>,
    cameo: BTreeMap<Cameo, CameoEntry>,
}

/// What PLOVER says of a type.
#[derive(Debug)]
pub struct TypeEntry {
    /// Intensity from -10 (conflict) to 10 (cooperation).
    pub score: f32,
    /// Whether an event of this type has a recipient.
    pub recipient_required: bool,
    /// Who acts where a state is said to: its military or its government.
    pub state_acts: Sector,
    /// Who bears it where a state is said to; `None` where it befalls the country.
    pub state_bears: Option<Sector>,
    /// Its modes with their intensity, `None` where the manual gives none.
    pub modes: BTreeMap<Mode, Option<f32>>,
}

/// What CAMEO says of a code, and what it reads as in PLOVER.
#[derive(Debug)]
pub struct CameoEntry {
    /// The codebook's label, shortened.
    pub label: String,
    /// Goldstein's conflict-cooperation score.
    pub goldstein: f32,
    /// PLOVER type; `None` for statements, which PLOVER does not code.
    pub event_type: Option<EventType>,
    /// PLOVER mode.
    pub mode: Option<Mode>,
    /// PLOVER contexts.
    pub contexts: Vec<Context>,
}

static EMBEDDED: LazyLock<Result<Ontology, Error>> = LazyLock::new(embedded);

/// The tables that travel inside the binary.
pub fn ontology() -> &'static Ontology {
    loaded(&EMBEDDED)
}

pub(crate) fn check() -> Result<(), Error> {
    checked(&EMBEDDED)
}

fn embedded() -> Result<Ontology, Error> {
    let plover = include_str!("../../../data/ontology/plover.toml");
    let cameo = include_str!("../../../data/ontology/cameo.tsv");
    Ontology::parse(plover, cameo)
}

impl Ontology {
    /// Reads both tables.
    ///
    /// # Errors
    /// If a row does not have the form, or names a type, mode or context that PLOVER 2.0 does not have.
    pub fn parse(plover: &str, cameo: &str) -> Result<Self, Error> {
        let types = parse_types(plover)?;
        let rows = cameo.lines().enumerate().skip(1);
        let cameo = rows.map(|(at, row)| {
            parse_cameo(row, &types)
                .map_err(|problem| Error::at(CAMEO, at + 1, format!("{problem}, found `{row}`")))
        });
        let cameo = cameo.collect::<Result<_, _>>()?;
        Ok(Self { types, cameo })
    }

    /// What PLOVER says of a type.
    pub fn event_type(&self, event_type: EventType) -> Option<&TypeEntry> {
        self.types.get(&event_type)
    }

    /// Whether PLOVER has the mode under the type.
    pub fn has_mode(&self, event_type: EventType, mode: Mode) -> bool {
        self.event_type(event_type).is_some_and(|entry| entry.modes.contains_key(&mode))
    }

    /// PLOVER's intensity of a type in a mode, the mode's own where it has one.
    pub fn intensity(&self, event_type: EventType, mode: Option<Mode>) -> Option<f32> {
        let entry = self.event_type(event_type)?;
        let of_mode = mode.and_then(|mode| entry.modes.get(&mode).copied().flatten());
        Some(of_mode.unwrap_or(entry.score))
    }

    /// What CAMEO says of a code.
    pub fn cameo(&self, code: &Cameo) -> Option<&CameoEntry> {
        self.cameo.get(code)
    }

    /// Every CAMEO code, in order.
    pub fn cameo_codes(&self) -> impl Iterator<Item = (&Cameo, &CameoEntry)> {
        self.cameo.iter()
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TypeRow {
    score: f32,
    #[serde(default)]
    recipient_required: bool,
    state_acts: String,
    state_bears: Option<String>,
    #[serde(default)]
    modes: BTreeMap<String, toml::Value>,
}

fn parse_types(text: &str) -> Result<HashMap<EventType, TypeEntry>, Error> {
    let rows: BTreeMap<Spanned<String>, TypeRow> = from_toml(PLOVER, text)?;
    let convert = |(name, row): (Spanned<String>, TypeRow)| {
        let problem =
            |problem: String| Error::entry(PLOVER, text, name.span().start, name.get_ref(), problem);
        parse_type(name.get_ref(), &row).map_err(problem)
    };
    rows.into_iter().map(convert).collect()
}

fn parse_type(name: &str, row: &TypeRow) -> Result<(EventType, TypeEntry), String> {
    let event_type = name.parse().map_err(|error| format!("{error}"))?;
    let modes = row.modes.iter().map(|(mode, score)| {
        let mode = mode.parse().map_err(|error: annalist_schema::UnknownCode| error.to_string())?;
        Ok((mode, mode_score(score)?))
    });
    let modes = modes.collect::<Result<_, String>>()?;
    let sector =
        |name: &String| name.parse().map_err(|error: annalist_schema::UnknownCode| error.to_string());
    let entry = TypeEntry {
        score: row.score,
        recipient_required: row.recipient_required,
        state_acts: sector(&row.state_acts)?,
        state_bears: row.state_bears.as_ref().map(sector).transpose()?,
        modes,
    };
    Ok((event_type, entry))
}

/// A score, or the word `none` where the manual gives none.
fn mode_score(value: &toml::Value) -> Result<Option<f32>, String> {
    match (value.as_float(), value.as_str()) {
        (Some(score), _) => Ok(Some(score as f32)),
        (None, Some("none")) => Ok(None),
        (None, _) => Err(format!("expected a score such as -4.5, or \"none\", found `{value}`")),
    }
}

fn parse_cameo(row: &str, types: &HashMap<EventType, TypeEntry>) -> Result<(Cameo, CameoEntry), String> {
    let unknown = |error: annalist_schema::UnknownCode| error.to_string();
    let [code, label, goldstein, event_type, mode, contexts] = row.split('\t').collect::<Vec<_>>()[..] else {
        return Err("expected six columns".to_owned());
    };
    let code = Cameo::new(code).ok_or("the code is not two to four digits")?;
    let goldstein = goldstein.parse().map_err(|_| "the Goldstein score is no number")?;
    let event_type: Option<EventType> = optional(event_type).map_err(unknown)?;
    let mode: Option<Mode> = optional(mode).map_err(unknown)?;
    let contexts = contexts.split(';').filter(|context| !context.is_empty()).map(str::parse);
    let contexts = contexts.collect::<Result<_, _>>().map_err(unknown)?;
    if let (Some(event_type), Some(mode)) = (event_type, mode)
        && !types.get(&event_type).is_some_and(|entry| entry.modes.contains_key(&mode))
    {
        return Err(format!("{event_type} has no mode `{mode}`"));
    }
    Ok((code, CameoEntry { label: label.to_owned(), goldstein, event_type, mode, contexts }))
}

fn optional<T: std::str::FromStr>(text: &str) -> Result<Option<T>, T::Err> {
    if text.is_empty() { Ok(None) } else { text.parse().map(Some) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_tables_load() {
        let ontology = embedded().unwrap();
        assert_eq!(ontology.types.len(), EventType::ALL.len());
        assert!(ontology.cameo.len() > 290);
        for (code, entry) in ontology.cameo_codes() {
            let is_statement = code.root() == "01";
            assert_eq!(entry.event_type.is_none(), is_statement, "{}", code.as_str());
        }
    }

    #[test]
    fn intensity_prefers_the_mode() {
        let check = |event_type, mode, expected| assert_eq!(ontology().intensity(event_type, mode), expected);
        check(EventType::Consult, None, Some(2.5));
        check(EventType::Consult, Some(Mode::Phone), Some(1.5));
        check(EventType::Protest, Some(Mode::Vandalize), Some(-5.0));
        check(EventType::Aid, Some(Mode::Phone), Some(10.0));
    }

    #[test]
    fn a_damaged_table_says_where() {
        let check = |plover: &str, cameo: &str, expected: &str| {
            assert_eq!(Ontology::parse(plover, cameo).unwrap_err().to_string(), expected);
        };
        let types = "[AID]\nscore = 1.0\nstate_acts = \"GOV\"\n[CONSULT]\nscore = 1.0\nstate_acts = \"GOV\"\nmodes = { phone = 1.5 }\n";
        let row = |row: &str| format!("code\n{row}");
        check(
            types,
            &row("999\tShout\t0.0\tAID\tphone\t"),
            "data/ontology/cameo.tsv:2: AID has no mode `phone`, found `999\tShout\t0.0\tAID\tphone\t`",
        );
        check(
            types,
            &row("999\tShout"),
            "data/ontology/cameo.tsv:2: expected six columns, found `999\tShout`",
        );
        check(
            "[AID]\nscore = 1.0\nstate_acts = \"GOV\"\n[HELP]\nscore = 1.0\nstate_acts = \"GOV\"",
            "code",
            "data/ontology/plover.toml:4: entry `HELP`: `HELP` is not a EventType",
        );
        check(
            "[CONSULT]\nscore = 1.0\nstate_acts = \"GOV\"\nmodes = { phone = 2 }",
            "code",
            "data/ontology/plover.toml:1: entry `CONSULT`: expected a score such as -4.5, or \"none\", found `2`",
        );
        check(
            "[AID]\nscore = 1.0\nstate_acts = \"ARMY\"",
            "code",
            "data/ontology/plover.toml:1: entry `AID`: `ARMY` is not a Sector",
        );
        check(
            "[AID]\nscore = \"high\"",
            "code",
            "data/ontology/plover.toml:2: invalid type: string \"high\", expected f32, found `score = \"high\"`",
        );
    }
}
