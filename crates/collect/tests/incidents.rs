//! Reading the incident table: the bundled one whole, and each kind of bad row.

use forewarn_collect::{Limits, incidents};

const HEADER: &str = "event_id,date,date_precision,date_basis,known_from,kind,hub_country_iso2,place,\
origin_country_iso2,count,coercion_stated,variant,person_role,source_url,publisher,summary";

#[track_caller]
fn check(row: &str, expected: Result<(), &str>) {
    let table = format!(
        "{HEADER}\n{row}\nlast,2024-01-01,day,event,2024-01-02,raid,KH,,TW,,y,scam_centre,victim,u,p,s\n"
    );
    let (read, problems) = incidents::read(table.as_bytes(), "t.csv", &Limits::default());
    assert!(read.iter().any(|incident| incident.event == "last"), "the rest is loaded");
    match expected {
        Ok(()) => assert_eq!((read.len(), problems), (2, vec![]), "{row}"),
        Err(part) => {
            assert_eq!(read.len(), 1, "{row}");
            let told = problems[0].to_string();
            assert!(told.starts_with("t.csv:2: ") && told.contains(part), "{row}: {told}");
        }
    }
}

#[test]
fn refuses_each_bad_row_and_keeps_the_rest() {
    check("e,2024-05-01,day,event,2024-05-02,raid,KH,Poipet,KE,3,y,scam_centre,victim,u,p,s", Ok(()));
    check("e,2024,year,inferred,2024,statistic,,,,,n,fraud_no_coercion,,u,p,s", Ok(()));
    check("e,2024-05-01,day,event,2024-05-02,raid,UK,,KE,3,y,scam_centre,victim,u,p,s", Err("\"UK\""));
    check("e,2024-05-01,day,event,2024-05-02,raid,KH,,kenya,3,y,scam_centre,victim,u,p,s", Err("\"kenya\""));
    check("e,2024-06-31,day,event,2024-07-02,raid,KH,,KE,3,y,scam_centre,victim,u,p,s", Err("no such date"));
    check(
        "e,2024-06-30,month,event,2024-07-02,raid,KH,,KE,3,y,scam_centre,victim,u,p,s",
        Err("date_precision"),
    );
    check(
        "e,2024-06-30,day,event,2024-06-02,raid,KH,,KE,3,y,scam_centre,victim,u,p,s",
        Err("before it happened"),
    );
    check("e,2024-06-30,day,event,,raid,KH,,KE,3,y,scam_centre,victim,u,p,s", Err("known_from"));
    check("e,2024-06-30,day,event,2024-07-02,raid,KH,,KE,-3,y,scam_centre,victim,u,p,s", Err("count"));
    check("e,2024-06-30,day,event,2024-07-02,party,KH,,KE,3,y,scam_centre,victim,u,p,s", Err("hub_report"));
    check("e,2024-06-30,day,event,2024-07-02,raid,KH,,KE,3,maybe,scam_centre,victim,u,p,s", Err("y or n"));
    check(
        ",2024-06-30,day,event,2024-07-02,raid,KH,,KE,3,y,scam_centre,victim,u,p,s",
        Err("event_id is empty"),
    );
    check("e,2024-06-30,day,event,2024-07-02,raid,KH", Err("7 columns"));
}

#[test]
fn refuses_the_same_fact_twice() {
    let row = "e,2024-05-01,day,event,2024-05-02,raid,KH,Poipet,KE,3,y,scam_centre,victim,u,p,s";
    let table = format!("{HEADER}\n{row}\n{row}\n");
    let (read, problems) = incidents::read(table.as_bytes(), "t.csv", &Limits::default());
    assert_eq!((read.len(), problems.len()), (1, 1));
    assert_eq!((problems[0].code, problems[0].line), ("duplicate-row", Some(3)));
}

#[test]
fn a_table_without_its_columns_gives_one_problem() {
    for table in ["", "a,b\n1,2\n"] {
        let (read, problems) = incidents::read(table.as_bytes(), "t.csv", &Limits::default());
        assert_eq!((read.len(), problems.len()), (0, 1), "{table:?}");
        assert_eq!(problems[0].code, "csv-header");
    }
}

#[test]
fn reads_the_bundled_timeline_whole() {
    let table = include_bytes!("../../../incidents/timeline.csv");
    let (read, problems) = incidents::read(&table[..], "timeline.csv", &Limits::default());
    let told: Vec<String> = problems.iter().map(ToString::to_string).collect();
    assert_eq!(told, Vec::<String>::new());
    assert_eq!(read.len(), 634);
}
