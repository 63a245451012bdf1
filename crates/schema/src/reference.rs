//! *Which claim of which report?*

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::UnknownCode;

/// The name of a claim in a pile: its report's id and its own. In rows it is `["report", "claim"]`, for people
/// `report/claim`. Sorted by report, then claim.
///
/// ```
/// use annalist_schema::ClaimRef;
///
/// let claim: ClaimRef = "herald/c113".parse()?;
/// assert_eq!((claim.report.as_str(), claim.claim.as_str()), ("herald", "c113"));
/// assert_eq!(claim.to_string(), "herald/c113");
/// # Ok::<_, annalist_schema::UnknownCode>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ClaimRef {
    /// Id of the report.
    pub report: String,
    /// Id of the claim, unique in its report.
    pub claim: String,
}

impl ClaimRef {
    /// The claim of a report.
    pub fn new(report: impl Into<String>, claim: impl Into<String>) -> Self {
        Self { report: report.into(), claim: claim.into() }
    }
}

impl fmt::Display for ClaimRef {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}/{}", self.report, self.claim)
    }
}

impl FromStr for ClaimRef {
    type Err = UnknownCode;

    /// Ids of reports may have slashes, those of claims have none.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let unknown = || UnknownCode { what: "claim as `report/claim`", code: text.to_owned() };
        text.rsplit_once('/').map(|(report, claim)| Self::new(report, claim)).ok_or_else(unknown)
    }
}

impl Serialize for ClaimRef {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (&self.report, &self.claim).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for ClaimRef {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (report, claim) = Deserialize::deserialize(deserializer)?;
        Ok(Self { report, claim })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<(&str, &str)>) {
        let claim = text.parse::<ClaimRef>().ok();
        assert_eq!(claim, expected.map(|(report, claim)| ClaimRef::new(report, claim)), "{text}");
    }

    #[test]
    fn a_claim_is_named_by_report_and_id() {
        check("herald/c1", Some(("herald", "c1")));
        check("https://news.example/a/c1", Some(("https://news.example/a", "c1")));
        check("herald", None);
    }

    #[test]
    fn a_row_holds_a_pair() {
        let (claim, row) = (ClaimRef::new("herald", "c1"), r#"["herald","c1"]"#);
        assert_eq!(serde_json::to_string(&claim).unwrap(), row);
        assert_eq!(serde_json::from_str::<ClaimRef>(row).unwrap(), claim);
    }
}
