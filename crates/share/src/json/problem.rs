//! What was wrong with the input, for reports of `ingest` and other commands.

use forewarn_model::{Problem, Severity};
use serde::Serialize;
use serde_json::Value;

use crate::wire::value;

/// Problems in the order given, as a JSON array: `severity` (`warning`, `refused`), `code`, `input`,
/// `line` (from 1), `what`, `remedy`.
pub fn problems(problems: &[Problem]) -> Value {
    value(problems.iter().map(view).collect::<Vec<_>>())
}

#[derive(Serialize)]
struct ProblemView<'a> {
    severity: &'static str,
    code: &'static str,
    input: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u64>,
    what: &'a str,
    remedy: &'a str,
}

fn view(problem: &Problem) -> ProblemView<'_> {
    ProblemView {
        severity: match problem.severity {
            Severity::Warning => "warning",
            Severity::Refused => "refused",
        },
        code: problem.code,
        input: &problem.input,
        line: problem.line,
        what: &problem.what,
        remedy: &problem.remedy,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn says_what_is_wrong_where_and_what_to_do() {
        let problem = Problem {
            severity: Severity::Refused,
            code: "csv-columns",
            input: "a.csv".into(),
            line: Some(3),
            what: "2 columns, expected 3".into(),
            remedy: "quote commas".into(),
        };
        let expected = json!([{ "severity": "refused", "code": "csv-columns", "input": "a.csv", "line": 3,
            "what": "2 columns, expected 3", "remedy": "quote commas" }]);
        assert_eq!(problems(&[problem]), expected);
    }
}
