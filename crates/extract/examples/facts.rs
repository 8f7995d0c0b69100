//! Prints what is read in each line of standard input: `echo "…" | cargo run --example facts`.

#![allow(clippy::print_stdout, reason = "an example speaks on standard output")]

use std::io::BufRead;

use forewarn_extract::Extractor;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let extractor = Extractor::builtin()?;
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        let (facts, _) = extractor.extract_text(&line);
        let mut found: Vec<String> = Vec::new();
        found.extend(
            facts.observables.iter().map(|o| format!("{} {} {:?}", o.kind, o.value, o.span.slice(&line))),
        );
        found.extend(facts.places.iter().map(|p| format!("{} {}", p.kind.as_str(), p.name)));
        found.extend(facts.money.iter().map(|m| {
            let period = m.period.map_or("", |period| period.as_str());
            let (low, high) = m.monthly_usd.unwrap_or_default();
            format!(
                "money {}-{} {} {period} = {low:.0}-{high:.0} USD {:?}",
                m.min,
                m.max,
                m.currency,
                m.span.slice(&line)
            )
        }));
        println!("{line}\n    [{}] {}", facts.language, found.join(" | "));
    }
    Ok(())
}
