//! The table of figures as JSON.

use forewarn_assess::evaluate::{Row, Table};
use forewarn_assess::finding::Counts;
use forewarn_assess::metrics::{Bin, Interval};
use serde_json::{Value, json};

/// The table: `rows`, `reliability`, `indicators`, `countries`. An interval is `[value, low, high]` at 95 %.
pub fn json(table: &Table) -> Value {
    let found = &table.findings;
    let indicators: serde_json::Map<String, Value> =
        found.indicators.iter().map(|(name, of)| (name.clone(), counts(of))).collect();
    json!({
        "rows": table.rows.iter().map(row).collect::<Vec<_>>(),
        "reliability": reliability(&table.reliability),
        "indicators": {
            "texts": found.indicator_texts,
            "micro": found.micro().as_ref().map(counts),
            "macro_f1": found.macro_f1().map(rounded),
            "by_name": indicators,
        },
        "countries": {
            "texts": found.country_texts,
            "micro": (found.country_texts > 0).then(|| counts(&found.countries)),
        },
    })
}

/// Bins as `[predicted, observed, share of all]`.
pub fn reliability(bins: &[Bin]) -> Value {
    bins.iter().map(|b| json!([rounded(b.predicted), rounded(b.observed), rounded(b.share)])).collect()
}

/// An interval as `[value, low, high]`.
pub fn interval(of: &Option<Interval>) -> Value {
    of.map_or(Value::Null, |of| json!([rounded(of.value), rounded(of.low), rounded(of.high)]))
}

/// Four digits after the point.
pub fn rounded(x: f64) -> f64 {
    (x * 1e4).round() / 1e4
}

/// JSON with one line for every entry of the lists and objects of the first two levels: a change of figures
/// shows in a diff, and the file stays short.
pub fn lines(value: &Value) -> String {
    const DEPTH: usize = 3;
    let mut out = String::new();
    write(value, 0, DEPTH, &mut out);
    out.push('\n');
    out
}

fn write(value: &Value, depth: usize, depth_max: usize, out: &mut String) {
    let entries: Vec<(Option<&String>, &Value)> = match value {
        Value::Object(map) if depth < depth_max => {
            map.iter().map(|(key, value)| (Some(key), value)).collect()
        }
        Value::Array(list) if depth < depth_max => list.iter().map(|value| (None, value)).collect(),
        _ => return out.push_str(&value.to_string()),
    };
    let (open, close) = if value.is_object() { ('{', '}') } else { ('[', ']') };
    out.push(open);
    for (at, (key, value)) in entries.iter().enumerate() {
        out.push_str(if at == 0 { "\n" } else { ",\n" });
        out.push_str(&" ".repeat(depth + 1));
        if let Some(key) = key {
            out.push_str(&Value::from(key.as_str()).to_string());
            out.push_str(": ");
        }
        write(value, depth + 1, depth_max, out);
    }
    if !entries.is_empty() {
        out.push('\n');
        out.push_str(&" ".repeat(depth));
    }
    out.push(close);
}

fn counts(of: &Counts) -> Value {
    json!({
        "labelled": of.labelled, "found": of.found, "both": of.both,
        "precision": rounded(of.precision()), "recall": rounded(of.recall()), "f1": rounded(of.f1()),
    })
}

fn row(row: &Row) -> Value {
    let [one, five, ten] = &row.recall_at;
    json!({
        "part": row.slice.to_string(),
        "system": row.system,
        "lures": row.lures,
        "others": row.others,
        "average_precision": interval(&row.average_precision),
        "roc_auc": interval(&row.roc_auc),
        "recall_at_1_percent": interval(one),
        "recall_at_5_percent": interval(five),
        "recall_at_10_percent": interval(ten),
        "calibration_error": interval(&row.calibration_error),
        "verdicts": row.verdicts.map(|v| json!({
            "lures_some": interval(&v.lures_some), "others_some": interval(&v.others_some),
            "lures_strong": interval(&v.lures_strong), "others_strong": interval(&v.others_strong),
        })),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_what_reads_back() {
        let value = json!({"a": [{"b": [1, 2], "c": {"d": []}}], "e": {}, "f\"": null});
        let text = lines(&value);
        assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), value);
        assert_eq!(text.lines().count(), 10, "{text}");
    }
}
