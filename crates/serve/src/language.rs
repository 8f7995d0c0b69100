//! Which language a page is in: what the address says, else what the browser prefers (RFC 9110, 12.5.4).

use forewarn_app::model::Language;

/// How many preferences of a browser are read.
const PREFERENCES_MAX: usize = 20;

/// The languages of an `Accept-Language` header, the most wanted first; what cannot be read is left out.
pub(crate) fn preferred(header: &str) -> Vec<Language> {
    let mut wanted: Vec<(f32, Language)> = header
        .split(',')
        .take(PREFERENCES_MAX)
        .filter_map(|item| {
            let mut parts = item.split(';').map(str::trim);
            let language = parts.next()?.parse().ok()?;
            let weight = parts.find_map(|part| part.strip_prefix("q=")).map_or(Ok(1.0), str::parse);
            let weight: f32 = weight.ok().filter(|weight| *weight > 0.0)?;
            Some((weight, language))
        })
        .collect();
    wanted.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    wanted.into_iter().map(|(_, language)| language).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(header: &str, expected: &[&str]) {
        let found: Vec<String> = preferred(header).iter().map(ToString::to_string).collect();
        assert_eq!(found, expected, "{header}");
    }

    #[test]
    fn reads_what_browsers_send() {
        check("fr-CH, fr;q=0.9, en;q=0.8, *;q=0.5", &["fr", "fr", "en"]);
        check("en;q=0.2,zh-TW", &["zh-Hant", "en"]);
        check("th;q=0, km;q=x, lo;q=NaN, vi", &["vi"]);
        check("", &[]);
        check("***;;;q=", &[]);
    }
}
