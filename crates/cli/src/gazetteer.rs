//! `annalist gazetteer`: the user's own places.

use std::path::PathBuf;
use std::process::ExitCode;

use annalist::gazetteer;
use clap::{Args, Subcommand};

use crate::files;

/// Makes a gazetteer of your own
///
/// Example: annalist gazetteer build --from dumps --output iraq.gazetteer
#[derive(Args)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Build(BuildArguments),
}

/// Builds a gazetteer from GeoNames dumps, for `--gazetteer FILE`
///
/// DIR holds unpacked files of https://download.geonames.org/export/dump: countryInfo.txt, admin1CodesASCII.txt, and
/// allCountries.txt, cities500.txt (or cities1000, 5000, 15000) or files of countries such as IQ.txt; if there,
/// admin2Codes.txt adds districts and alternateNamesV2.txt other spellings. Countries, bases, crossings, seas and regions
/// are those inside the program. The same dumps give the same bytes.
///
/// Example: annalist gazetteer build --from dumps --output iraq.gazetteer && annalist read --gazetteer iraq.gazetteer a.txt
#[derive(Args)]
struct BuildArguments {
    /// The folder with the dumps
    #[arg(long, value_name = "DIR")]
    from: PathBuf,
    /// The file to write
    #[arg(long, short, value_name = "FILE", default_value = "annalist.gazetteer")]
    output: PathBuf,
    /// Leaves out towns of fewer inhabitants, but for the seats of administrations
    #[arg(long, value_name = "N", default_value_t = 0)]
    min_population: u32,
}

pub fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let Command::Build(arguments) = &arguments.command;
    let built = gazetteer::build(&arguments.from, &arguments.output, arguments.min_population)?;
    files::complain(&format!(
        "{}: {} towns and {} other places in {:.1} MB",
        arguments.output.display(),
        built.n_towns,
        built.n_others,
        built.n_bytes as f64 / 1e6
    ));
    Ok(ExitCode::SUCCESS)
}
