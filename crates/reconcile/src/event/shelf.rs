//! *Which others have the same key and stand near?* Things on shelves, one shelf a key, each in its order.
//!
//! A thing meets a fixed number of its neighbours on each of its shelves, so that the number of meetings grows as the
//! number of things does, and a thing that comes or goes changes the meetings of its neighbours only.

/// Things by key, then by rank. Ranks must not depend on arrival, and no two things of one key may share one.
#[derive(Debug, Default)]
pub(crate) struct Shelves<R> {
    places: Vec<Place<R>>,
}

/// Where a thing stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place<R> {
    /// Of the shelf.
    pub key: u64,
    /// Its order on the shelf.
    pub rank: R,
    /// The thing.
    pub item: u32,
}

impl<R: Copy + Ord> Shelves<R> {
    /// Shelves with things in any order.
    pub fn new(mut places: Vec<Place<R>>) -> Self {
        places.sort_unstable();
        Self { places }
    }

    /// The nearest `n` things before a place and after it, on its shelf; whether anything stands there or not.
    pub fn around(&self, place: &Place<R>, n: usize) -> impl Iterator<Item = u32> {
        let start = self.places.partition_point(|other| other < place);
        let before = self.places[..start].iter().rev();
        self.on_shelf(before, place.key, n).chain(self.after(place, n))
    }

    /// The nearest `n` things after a place, on its shelf.
    pub fn after(&self, place: &Place<R>, n: usize) -> impl Iterator<Item = u32> {
        let end = self.places.partition_point(|other| other <= place);
        self.on_shelf(self.places[end..].iter(), place.key, n)
    }

    fn on_shelf<'a>(
        &'a self,
        places: impl Iterator<Item = &'a Place<R>>,
        key: u64,
        n: usize,
    ) -> impl Iterator<Item = u32>
    where
        R: 'a,
    {
        places.take_while(move |other| other.key == key).take(n).map(|other| other.item)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(places: &[(u64, u8)], at: (u64, u8), expected: &[u32]) {
        let place = |(item, &(key, rank)): (usize, &(u64, u8))| Place { key, rank, item: item as u32 };
        let shelves = Shelves::new(places.iter().enumerate().map(place).collect());
        let item = places.iter().position(|&place| place == at).unwrap_or(places.len());
        let at = place((item, &at));
        let found = shelves.around(&at, 2);
        assert_eq!(found.collect::<Vec<_>>(), expected);
    }

    #[test]
    fn meets_the_nearest_of_its_shelf() {
        let places = [(1, 9), (1, 1), (1, 5), (1, 7), (1, 3), (2, 5), (0, 5)];
        check(&places, (1, 5), &[4, 1, 3, 0]);
        check(&places, (1, 9), &[3, 2]);
        check(&places, (1, 4), &[4, 1, 2, 3]);
        check(&places, (2, 5), &[]);
        check(&[], (2, 5), &[]);
    }
}
