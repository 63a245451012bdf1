//! *Which codes does the field use?* PLOVER 2.0 (manual of 2024-02-04, CC BY-SA 4.0); CAMEO codes are in [`crate::Cameo`].

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// A code that its system does not know.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("`{code}` is not a {what}")]
pub struct UnknownCode {
    /// The system, for a person.
    pub what: &'static str,
    /// What was there instead.
    pub code: String,
}

/// Defines an enum whose variants have one text each, used in files, rows and on screen.
macro_rules! string_enum {
    ($(#[$meta:meta])* $name:ident { $($(#[$variant_meta:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
        #[serde(try_from = "String", into = "&'static str")]
        pub enum $name { $($(#[$variant_meta])* $variant),+ }

        impl $name {
            /// Every value, in the order of definition.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The text used in files, rows and on screen.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }
        }

        impl std::str::FromStr for $name {
            type Err = crate::UnknownCode;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                match text {
                    $($text => Ok(Self::$variant),)+
                    _ => Err(crate::UnknownCode { what: stringify!($name), code: text.to_owned() }),
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.pad(self.as_str())
            }
        }

        impl From<$name> for &'static str {
            fn from(value: $name) -> Self {
                value.as_str()
            }
        }

        impl TryFrom<String> for $name {
            type Error = crate::UnknownCode;

            fn try_from(text: String) -> Result<Self, Self::Error> {
                text.parse()
            }
        }
    };
}
pub(crate) use string_enum;

string_enum! {
    /// The sixteen event types of PLOVER.
    EventType {
        /// Agree to, plan or announce future cooperation or meetings.
        Agree = "AGREE",
        /// Meet, visit, talk, mediate.
        Consult = "CONSULT",
        /// Start, sign or support diplomatic cooperation, praise, apologise.
        Support = "SUPPORT",
        /// Yield or announce yielding.
        Concede = "CONCEDE",
        /// Material cooperation.
        Cooperate = "COOPERATE",
        /// Provide aid.
        Aid = "AID",
        /// Yield in deed: withdraw, release, disarm, cease fire, resign.
        Retreat = "RETREAT",
        /// Demand, request, appeal.
        Request = "REQUEST",
        /// Criticise, accuse, investigate.
        Accuse = "ACCUSE",
        /// Refuse.
        Reject = "REJECT",
        /// Threaten, warn.
        Threaten = "THREATEN",
        /// Demonstrate, strike, riot.
        Protest = "PROTEST",
        /// Reduce relations, sanction, convict, expel.
        Sanction = "SANCTION",
        /// Increase military or police capability or readiness.
        Mobilize = "MOBILIZE",
        /// Seize, restrict, arrest, repress.
        Coerce = "COERCE",
        /// Use violence.
        Assault = "ASSAULT",
    }
}

/// PLOVER's quad classes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum QuadClass {
    /// Verbal cooperation.
    VerbalCooperation = 1,
    /// Material cooperation.
    MaterialCooperation = 2,
    /// Verbal conflict.
    VerbalConflict = 3,
    /// Material conflict.
    MaterialConflict = 4,
}

impl Sector {
    /// Those who fight a state or beside it, by whatever name a report gives them.
    pub const fn is_armed_group(self) -> bool {
        matches!(self, Self::Reb | Self::Prm | Self::Uaf)
    }
}

impl EventType {
    /// The quad class. SANCTION counts as material conflict, as in the manual's category sections.
    pub const fn quad(self) -> QuadClass {
        match self {
            Self::Agree | Self::Consult | Self::Support | Self::Concede => QuadClass::VerbalCooperation,
            Self::Cooperate | Self::Aid | Self::Retreat => QuadClass::MaterialCooperation,
            Self::Request | Self::Accuse | Self::Reject | Self::Threaten => QuadClass::VerbalConflict,
            Self::Protest | Self::Sanction | Self::Mobilize | Self::Coerce | Self::Assault => {
                QuadClass::MaterialConflict
            }
        }
    }
}

string_enum! {
    /// PLOVER's modes; some belong to several types.
    Mode {
        /// CONSULT.
        Visit = "visit",
        /// CONSULT: mediation.
        ThirdParty = "third-party",
        /// CONSULT.
        Multilateral = "multilateral",
        /// CONSULT.
        Phone = "phone",
        /// RETREAT, SANCTION.
        Withdraw = "withdraw",
        /// RETREAT.
        Release = "release",
        /// RETREAT.
        Disarm = "disarm",
        /// RETREAT.
        Ceasefire = "ceasefire",
        /// RETREAT.
        Access = "access",
        /// RETREAT.
        Resign = "resign",
        /// REQUEST, REJECT.
        Assist = "assist",
        /// REQUEST, REJECT.
        Change = "change",
        /// REQUEST, REJECT.
        Yield = "yield",
        /// REQUEST, REJECT.
        Meet = "meet",
        /// ACCUSE.
        Disapprove = "disapprove",
        /// ACCUSE.
        Investigate = "investigate",
        /// ACCUSE.
        Allege = "allege",
        /// THREATEN, COERCE.
        Restrict = "restrict",
        /// THREATEN, COERCE.
        Arrest = "arrest",
        /// THREATEN.
        Relations = "relations",
        /// THREATEN, SANCTION.
        Expel = "expel",
        /// THREATEN.
        Territory = "territory",
        /// THREATEN.
        Violence = "violence",
        /// PROTEST.
        Demo = "demo",
        /// PROTEST.
        Riot = "riot",
        /// PROTEST.
        Strike = "strike",
        /// PROTEST.
        Hunger = "hunger",
        /// PROTEST.
        Boycott = "boycott",
        /// PROTEST.
        Obstruct = "obstruct",
        /// PROTEST.
        Vandalize = "vandalize",
        /// SANCTION.
        Convict = "convict",
        /// SANCTION.
        Discontinue = "discontinue",
        /// MOBILIZE.
        Troops = "troops",
        /// MOBILIZE.
        Weapons = "weapons",
        /// MOBILIZE.
        Police = "police",
        /// MOBILIZE.
        Militia = "militia",
        /// COERCE.
        Seize = "seize",
        /// COERCE.
        Censor = "censor",
        /// COERCE.
        Curfew = "curfew",
        /// COERCE.
        MartialLaw = "martial-law",
        /// COERCE.
        Deport = "deport",
        /// COERCE.
        Withhold = "withhold",
        /// COERCE.
        Misinformation = "misinformation",
        /// COERCE.
        Cyber = "cyber",
        /// ASSAULT.
        Abduct = "abduct",
        /// ASSAULT.
        Beat = "beat",
        /// ASSAULT.
        Torture = "torture",
        /// ASSAULT.
        Sexual = "sexual",
        /// ASSAULT.
        Targeted = "targeted",
        /// ASSAULT.
        Destroy = "destroy",
        /// ASSAULT.
        Primitive = "primitive",
        /// ASSAULT.
        Firearms = "firearms",
        /// ASSAULT.
        Explosives = "explosives",
        /// ASSAULT.
        SuicideAttack = "suicide-attack",
        /// ASSAULT.
        Aerial = "aerial",
        /// ASSAULT.
        Drone = "drone",
        /// ASSAULT.
        HeavyWeapons = "heavy-weapons",
        /// ASSAULT.
        CrowdControl = "crowd-control",
        /// ASSAULT.
        Unconventional = "unconventional",
    }
}

string_enum! {
    /// PLOVER's contexts.
    Context {
        /// See the manual, chapter Contexts.
        Military = "military",
        /// As above.
        Intelligence = "intelligence",
        /// As above.
        Executive = "executive",
        /// As above.
        Legislative = "legislative",
        /// As above.
        Election = "election",
        /// As above.
        PoliticalInstitutions = "political_institutions",
        /// As above.
        ProDemocracy = "pro_democracy",
        /// As above.
        ProAutocracy = "pro_autocracy",
        /// As above.
        Economic = "economic",
        /// As above.
        Legal = "legal",
        /// As above.
        Reparations = "reparations",
        /// As above.
        HumanRights = "human_rights",
        /// As above.
        RightsFreedoms = "rights_freedoms",
        /// As above.
        Repression = "repression",
        /// As above.
        HumanSecurity = "human_security",
        /// As above.
        Gender = "gender",
        /// As above.
        Lgbt = "lgbt",
        /// As above.
        ReligionEthnicity = "religion_ethnicity",
        /// As above.
        Inequality = "inequality",
        /// As above.
        Diplomatic = "diplomatic",
        /// As above.
        Territory = "territory",
        /// As above.
        Peacekeeping = "peacekeeping",
        /// As above.
        Health = "health",
        /// As above.
        Asylum = "asylum",
        /// As above.
        Migration = "migration",
        /// As above.
        Disasters = "disasters",
        /// As above.
        NaturalResource = "natural_resource",
        /// As above.
        Environment = "environment",
        /// As above.
        Technology = "technology",
        /// As above.
        Terrorism = "terrorism",
        /// As above.
        Cbrn = "cbrn",
        /// As above.
        Cyber = "cyber",
        /// As above.
        Misinformation = "misinformation",
        /// As above.
        Crime = "crime",
        /// As above.
        Corruption = "corruption",
        /// As above.
        IllegalDrugs = "illegal_drugs",
        /// As above.
        Trafficking = "trafficking",
    }
}

string_enum! {
    /// PLOVER's actor sectors.
    Sector {
        /// Police and other law enforcement.
        Cop = "COP",
        /// Executive government.
        Gov = "GOV",
        /// Courts.
        Jud = "JUD",
        /// Legislatures.
        Leg = "LEG",
        /// Military.
        Mil = "MIL",
        /// Militias aligned with the government.
        Prm = "PRM",
        /// Political parties.
        Pty = "PTY",
        /// Rebels and insurgents.
        Reb = "REB",
        /// Intelligence services.
        Spy = "SPY",
        /// Armed actors of unclear alignment.
        Uaf = "UAF",
        /// Unknown.
        Unk = "UNK",
        /// Agriculture.
        Agr = "AGR",
        /// Business.
        Bus = "BUS",
        /// Criminals.
        Crm = "CRM",
        /// Civilians.
        Cvl = "CVL",
        /// Education.
        Edu = "EDU",
        /// Elites and former officials.
        Eli = "ELI",
        /// Journalists and media.
        Jrn = "JRN",
        /// Labour.
        Lab = "LAB",
        /// Medical.
        Med = "MED",
        /// Refugees and displaced persons.
        Ref = "REF",
        /// Political opposition.
        Opp = "OPP",
        /// Press, in the manual's list beside JRN.
        Pre = "PRE",
        /// Religious.
        Rel = "REL",
        /// Social and civil society groups.
        Soc = "SOC",
    }
}

/// An ISO 3166-1 alpha-3 code, or one of PLOVER's supranational codes in the country slot
/// (`IGO UNO EUR NGO ISM IMG MNC`; Kosovo is `KOS`).
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Country([u8; 3]);

impl Country {
    /// The code, if it is three capital letters; whether such a country exists is the gazetteer's to say.
    pub fn new(code: &str) -> Option<Self> {
        let letters: [u8; 3] = code.as_bytes().try_into().ok()?;
        letters.iter().all(u8::is_ascii_uppercase).then_some(Self(letters))
    }

    /// Whether it is one of PLOVER's codes for those who belong to no country.
    pub fn is_supranational(&self) -> bool {
        matches!(&self.0, b"IGO" | b"UNO" | b"EUR" | b"NGO" | b"ISM" | b"IMG" | b"MNC")
    }

    /// The three letters.
    pub fn as_str(&self) -> &str {
        // The constructor admits capital letters only.
        std::str::from_utf8(&self.0).unwrap_or("")
    }
}

impl std::fmt::Debug for Country {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(self.as_str())
    }
}

impl std::fmt::Display for Country {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.pad(self.as_str())
    }
}

impl TryFrom<String> for Country {
    type Error = UnknownCode;

    fn try_from(code: String) -> Result<Self, Self::Error> {
        Self::new(&code).ok_or(UnknownCode { what: "country code", code })
    }
}

impl From<Country> for String {
    fn from(country: Country) -> Self {
        country.as_str().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_read_as_they_are_written() {
        for &event_type in EventType::ALL {
            assert_eq!(event_type.as_str().parse(), Ok(event_type));
        }
        for &mode in Mode::ALL {
            assert_eq!(mode.as_str().parse(), Ok(mode));
        }
        assert_eq!((EventType::ALL.len(), Context::ALL.len(), Sector::ALL.len()), (16, 37, 25));
        assert!("KILL".parse::<EventType>().is_err());
        assert!(Country::new("Irq").is_none());
    }
}
