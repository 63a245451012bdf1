//! *Where can it happen, and who may have done it?* Real names, so that a reader knows them; what is told of them is made up.

/// A country with what reports call its parts and parties.
#[derive(Debug)]
pub struct Land {
    /// "Peru".
    pub name: &'static str,
    /// "Peruvian".
    pub adjective: &'static str,
    /// Two armed groups, each by the names that it goes by.
    pub groups: [Vec<&'static str>; 2],
    /// Towns that lie apart, each with the part of the country it lies in.
    pub towns: Vec<(&'static str, &'static str)>,
}

/// The lands of the table.
pub fn lands() -> Vec<Land> {
    include_str!("lands.tsv").lines().filter_map(land).collect()
}

fn land(row: &'static str) -> Option<Land> {
    let mut fields = row.split('\t');
    let name = fields.next().filter(|name| !name.starts_with('#'))?;
    let adjective = fields.next()?;
    let mut group = || Some(fields.next()?.split(';').collect());
    let groups = [group()?, group()?];
    let towns = fields.next()?.split(';').filter_map(|town| town.split_once(':')).collect();
    Some(Land { name, adjective, groups, towns })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_land_has_groups_and_towns() {
        let lands = lands();
        assert!(lands.len() >= 10);
        for land in &lands {
            assert!(land.towns.len() >= 4 && land.groups.iter().all(|names| !names.is_empty()), "{land:?}");
        }
    }
}
