//! *Which name or entity does this IOB2 tag mean?*

use annalist_schema::{EntityTag, Ner, NerType};

/// The name tag with this text; `O` where it means nothing to us.
pub fn name_tag(tag: &str) -> Ner {
    match tag.split_once('-') {
        Some(("B", kind)) => kind.parse().map_or(Ner::Outside, Ner::Begin),
        Some((_, kind)) => kind.parse().map_or(Ner::Outside, |kind: NerType| Ner::Inside(kind)),
        None => Ner::Outside,
    }
}

/// The finer entity tag with this text.
pub fn entity_tag(tag: &str) -> Option<EntityTag> {
    let (position, kind) = tag.split_once('-')?;
    Some(EntityTag { kind: kind.parse().ok()?, begins: position == "B" })
}

#[cfg(test)]
mod tests {
    use annalist_schema::EntityType;

    use super::*;

    #[test]
    fn tags_are_read() {
        assert_eq!(name_tag("B-PER"), Ner::Begin(NerType::Per));
        assert_eq!(name_tag("I-MISC"), Ner::Inside(NerType::Misc));
        assert_eq!((name_tag("O"), name_tag("B-X")), (Ner::Outside, Ner::Outside));
        assert_eq!(entity_tag("I-WEAPON"), Some(EntityTag { kind: EntityType::Weapon, begins: false }));
        assert_eq!((entity_tag("O"), entity_tag("B-X")), (None, None));
    }
}
