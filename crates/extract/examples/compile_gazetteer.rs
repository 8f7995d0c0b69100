//! Writes `gazetteers/compiled/` anew from the sources: `cargo run --example compile_gazetteer -- gazetteers`.

use std::fs;
use std::path::PathBuf;

use forewarn_extract::compile::{Sources, compile};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let root = PathBuf::from(std::env::args().nth(1).ok_or("usage: compile_gazetteer GAZETTEERS")?);
    let text = |name: &str| fs::read_to_string(root.join(name));
    let compiled = compile(&Sources {
        cldr_country_names: &fs::read(root.join("cldr/cldr_country_names.json"))?,
        cities15000_gz: &fs::read(root.join("geonames/cities15000.tsv.gz"))?,
        cities500: &text("geonames/cities500_KH_MM_LA.tsv")?,
        short_names: &text("forewarn/short-names.tsv")?,
        ambiguous: &text("forewarn/ambiguous.tsv")?,
        peoples: &text("forewarn/peoples.tsv")?,
        hubs: &text("forewarn/hubs.tsv")?,
        areas: &text("forewarn/areas.tsv")?,
        regions: &text("forewarn/regions.tsv")?,
        shields: &text("forewarn/shields.tsv")?,
        stop_names: &text("forewarn/stop-names.tsv")?,
    })?;
    fs::write(root.join("compiled/places.tsv"), compiled.places)?;
    fs::write(root.join("compiled/country-names.tsv"), compiled.country_names)?;
    Ok(())
}
