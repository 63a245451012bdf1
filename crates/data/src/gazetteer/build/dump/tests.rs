use super::*;
use crate::gazetteer::build::Tables;

/// A folder of files that is gone when it is dropped.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str, files: &[(&str, String)]) -> Self {
        let path = std::env::temp_dir().join(format!("annalist-dump-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&path).expect("a temporary folder");
        for (file, text) in files {
            std::fs::write(path.join(file), text).expect("a temporary file");
        }
        Self(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// A row of a file of places, of a made-up land of the right form.
fn place(id: u32, name: &str, alternates: &str, at: (&str, &str), code: &str, population: u32) -> String {
    let (class, feature) = code.split_once('.').expect("class and code");
    let (lat, lon) = at;
    format!(
        "{id}\t{name}\t{name}\t{alternates}\t{lat}\t{lon}\t{class}\t{feature}\tIQ\t\t18\t99\t\t\t{population}\t\t40\tAsia/Baghdad\t2020-01-01\n"
    )
}

fn country_info() -> String {
    let columns = ["IQ", "IRQ", "368", "IZ", "Iraq", "Baghdad", "437072", "38433600"];
    format!("#ISO\tISO3\n{}{}\n", columns.join("\t"), "\t".repeat(11))
}

fn files() -> Vec<(&'static str, String)> {
    let places = [
        place(900_001, "Umm al-Tin", "Em al-Teen,أم التين,UAT", ("33.5", "44.5"), "P.PPL", 0),
        place(900_002, "Tell Sawsan", "", ("33.6", "44.6"), "P.PPLA2", 12_000),
        place(900_003, "Khirbat al-Waraq", "", ("33.7", "44.7"), "P.PPLQ", 0),
        place(900_004, "Jabal Zaytun", "", ("33.8", "44.8"), "T.MT", 0),
        place(900_010, "Sawsan Province", "Sousan", ("33.0", "44.0"), "A.ADM1", 50_000),
    ];
    vec![
        ("IQ.txt", places.concat()),
        ("countryInfo.txt", country_info()),
        ("admin1CodesASCII.txt", "IQ.18\tSawsan\tSawsan\t900010\n".to_owned()),
        ("admin2Codes.txt", "IQ.18.99\tWadi Sawsan\tWadi Sawsan\t900020\n".to_owned()),
        (
            "alternateNamesV2.txt",
            "1\t900002\ten\tLily Hill\t\t\t\t\t\t\n2\t900002\tlink\tHttps Lily\t\t\t\t\t\t\n".to_owned(),
        ),
    ]
}

fn with(changed: &'static str, text: &str) -> Vec<(&'static str, String)> {
    let mut files = files();
    files.retain(|(name, _)| *name != changed);
    files.push((changed, text.to_owned()));
    files
}

/// The places with a name in the gazetteer built from a dump, as `name feature state district`.
fn check(least_population: u32, name: &str, expected: &[&str]) {
    let folder = Folder::new(&format!("{least_population}{}", name.replace(' ', "-")), &files());
    let drafts = read_dump(&folder.0, least_population).expect("a sound dump");
    let tables = Tables::of(&drafts).expect("a small one");
    let gazetteer = Gazetteer::of(tables.index.leak(), tables.places.leak()).expect("readable tables");
    let area =
        |number: Option<u32>| number.and_then(|number| gazetteer.place(number)).map_or("-", |area| area.name);
    let describe = |place: crate::gazetteer::Place<'_>| {
        format!("{} {} {} {}", place.name, place.feature.as_str(), area(place.admin1), area(place.admin2))
    };
    let found: Vec<_> = gazetteer.lookup(name).map(describe).collect();
    assert_eq!(found, expected, "{name}");
}

#[test]
fn villages_states_and_spellings_are_found() {
    check(0, "Umm al Tin", &["Umm al-Tin city Sawsan Wadi Sawsan"]);
    check(0, "Em al-Teen", &["Umm al-Tin city Sawsan Wadi Sawsan"]);
    check(0, "Lily Hill", &["Tell Sawsan city Sawsan Wadi Sawsan"]);
    check(0, "Sousan", &["Sawsan admin1 - -"]);
    check(0, "Iraq", &["Iraq country - -"]);
    check(0, "al-Tanf", &["Al-Tanf base - -"]);
}

#[test]
fn what_is_no_town_is_not() {
    check(0, "Khirbat al-Waraq", &[]);
    check(0, "Jabal Zaytun", &[]);
    check(0, "Https Lily", &[]);
}

#[test]
fn seats_stay_where_small_towns_go() {
    check(20_000, "Umm al-Tin", &[]);
    check(20_000, "Tell Sawsan", &["Tell Sawsan city Sawsan Wadi Sawsan"]);
}

#[test]
fn a_state_lies_where_the_dump_puts_it() {
    let folder = Folder::new("points", &files());
    let drafts = read_dump(&folder.0, 0).expect("a sound dump");
    let state = drafts.iter().find(|draft| draft.key == "IQ.18").expect("the state");
    assert_eq!((state.lat, state.lon), (33.0, 44.0));
}

/// What is said of a folder with one file changed.
fn check_error(name: &str, files: &[(&str, String)], expected: &str) {
    let folder = Folder::new(name, files);
    let error = read_dump(&folder.0, 0).expect_err("a damaged dump").to_string();
    let said = error.replace(&folder.0.display().to_string(), "DIR");
    assert_eq!(said, expected);
}

#[test]
fn damaged_dumps_are_named_with_their_line() {
    let good = place(1, "Alpha", "", ("1", "2"), "P.PPL", 5);
    check_error(
        "short",
        &with("IQ.txt", &format!("{good}7\tBeta\n")),
        "DIR/IQ.txt:2: expected 19 fields between tabs, found 2",
    );
    let north = place(1, "Alpha", "", ("95", "2"), "P.PPL", 5);
    check_error(
        "north",
        &with("IQ.txt", &north),
        "DIR/IQ.txt:1: expected degrees north, found `95` in field 5",
    );
    let id = good.replacen('1', "x1", 1);
    check_error("id", &with("IQ.txt", &id), "DIR/IQ.txt:1: expected a GeoNames id, found `x1` in field 1");
    check_error(
        "code",
        &with("admin1CodesASCII.txt", "# codes\nIQ\tSawsan\tSawsan\t900010\n"),
        "DIR/admin1CodesASCII.txt:2: expected a code of level 1 such as IQ.01, found `IQ`",
    );
}

#[test]
fn missing_files_are_named() {
    check_error(
        "none",
        &[("readme.txt", String::new())],
        "DIR: no allCountries.txt, cities500.txt or file of a country such as IQ.txt",
    );
    check_error(
        "packed",
        &[("allCountries.zip", String::new())],
        "DIR: no allCountries.txt, cities500.txt or file of a country such as IQ.txt; unpack the .zip files first",
    );
    let lacking: Vec<_> = files().into_iter().filter(|(name, _)| *name != "countryInfo.txt").collect();
    check_error("info", &lacking, "DIR: no countryInfo.txt");
}

#[test]
fn bytes_that_are_no_text_are_named() {
    let folder = Folder::new("bytes", &files());
    std::fs::write(folder.0.join("IQ.txt"), b"1\tAl\xff\n").expect("a temporary file");
    let error = read_dump(&folder.0, 0).expect_err("no text").to_string();
    assert!(error.ends_with("IQ.txt:1: expected UTF-8, found other bytes"), "{error}");
}
