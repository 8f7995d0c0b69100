//! Every role tries every action: it is denied exactly where the table of `forewarn_model::rights` says so.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::sync::{Arc, OnceLock};

use forewarn_app::collect::{Defaults, Limits, RowOptions, Source};
use forewarn_app::model::rights::{Right, Rights, Role};
use forewarn_app::model::{
    CampaignId, CandidateId, Clearance, EntityKind, Grading, Marking, MatchLearns, MemberKind, ReportKind,
    Tlp, User,
};
use forewarn_app::network::find::Key;
use forewarn_app::user::Password;
use forewarn_app::{
    AppError, Context, Engine, Silent, Workspace, alarm, audit, campaign, delivery, htcds, incident,
    integrity, keys, matching, member, network, notice, report, situation, source, token, user,
};

type Try = fn(&mut Workspace, &Context) -> Result<(), AppError>;

/// What is tried: a name, the right that it takes, and the action. What it is tried on need not exist: rights are
/// asked for first.
const ACTIONS: &[(&str, Right, Try)] = &[
    ("situation", Right::Look, |w, c| {
        let kept = (&Default::default(), &Default::default());
        situation::overview::run(w, c, kept, engine().gazetteer(), None, Default::default()).map(drop)
    }),
    ("campaigns", Right::Look, |w, c| campaign::find::overview(w, c, 1).map(drop)),
    ("campaign", Right::Look, |w, c| campaign::find::one(w, c, CampaignId::derive(&[b"x"])).map(drop)),
    ("split", Right::CampaignMark, |w, c| {
        campaign::mark::split(w, c, CampaignId::derive(&[b"x"]), &[], "why").map(drop)
    }),
    ("unsplit", Right::CampaignMark, |w, c| {
        campaign::mark::unsplit(w, c, CampaignId::derive(&[b"x"]), "why").map(drop)
    }),
    ("wrong merge", Right::CampaignMark, |w, c| {
        let (a, b) = (CampaignId::derive(&[b"x"]), CampaignId::derive(&[b"y"]));
        campaign::mark::wrong_merge(w, c, a, b, "why").map(drop)
    }),
    ("right merge", Right::CampaignMark, |w, c| {
        let (a, b) = (CampaignId::derive(&[b"x"]), CampaignId::derive(&[b"y"]));
        campaign::mark::right_merge(w, c, a, b, "why").map(drop)
    }),
    ("cluster", Right::ReportAdd, |w, c| {
        campaign::update::run(w, c, engine(), &campaign::update::Limits::default(), &Silent).map(drop)
    }),
    ("ingest", Right::ReportAdd, |w, c| {
        let request = report::ingest::Request {
            name: "none.jsonl",
            bytes_total: None,
            options: RowOptions::default(),
            defaults: Defaults {
                source: "none".into(),
                kind: ReportKind::JobAd,
                marking: Marking::PUBLIC,
                grading: Grading::UNKNOWN,
                received_at: c.now,
            },
            batch_count_max: 10,
            problems_kept_max: 1,
        };
        report::ingest::run(w, c, Source::memory(Vec::new()), &request, &Silent, &mut |_| {}).map(drop)
    }),
    ("process", Right::ReportAdd, |w, c| report::process::run(w, c, engine(), &Silent).map(drop)),
    ("candidates", Right::Look, |w, c| incident::decide::candidates(w, c, true).map(drop)),
    ("decide", Right::IncidentWrite, |w, c| {
        let id = CandidateId::derive(&[b"x"]);
        incident::decide::run(w, c, id, incident::decide::Choice::Reject, "why")
    }),
    ("import", Right::IncidentWrite, |w, c| {
        incident::import::run(w, c, &b""[..], "none.csv", &Limits::default(), &Silent).map(drop)
    }),
    ("retract", Right::IncidentWrite, |w, c| {
        incident::retract::run(w, c, "x", "2024-01-01".parse().unwrap(), "why").map(drop)
    }),
    ("incidents", Right::Look, |w, c| alarm::replay::incidents(w, c).map(drop)),
    ("history of a campaign", Right::Look, |w, c| {
        campaign::mark::history(w, c, CampaignId::derive(&[b"x"])).map(drop)
    }),
    ("marks", Right::Look, |w, c| network::mark::standing(w, c).map(drop)),
    ("notices", Right::Look, |w, c| notice::list(w, c).map(drop)),
    ("notice", Right::Look, |w, c| notice::find(w, c, "none").map(drop)),
    ("files of a notice", Right::Export, |w, c| {
        let out = w.folder().join("files");
        notice::render::run(w, c, engine().gazetteer(), b"{}", &out).map(drop)
    }),
    ("signing keys", Right::Operate, |w, c| keys::list(w, c).map(drop)),
    ("sources", Right::Look, |w, c| source::list(w, c, None, 1).map(drop)),
    ("look up", Right::Look, |w, c| network::find::run(w, c, "+85512345678").map(drop)),
    ("explore", Right::Look, |w, c| {
        network::explore::run(w, c, &key(), 1, &network::explore::Limits::default()).map(drop)
    }),
    ("way", Right::Look, |w, c| {
        let aim = network::explore::Aim::Shortest;
        network::explore::path(w, c, &key(), &key(), aim, &network::explore::Limits::default()).map(drop)
    }),
    ("cases", Right::CaseWork, |w, c| htcds::list::run(w, c, "", 1).map(drop)),
    ("take cases in", Right::CaseWork, |w, c| {
        htcds::import::run(w, c, b"prs_Gender\n", "none.csv", &Default::default()).map(drop)
    }),
    ("take cases out", Right::CaseWork, |w, c| htcds::export::run(w, c, &Default::default()).map(drop)),
    ("erase a person", Right::CaseWork, |w, c| htcds::erase::run(w, c, "x", "why").map(drop)),
    ("match message", Right::Share, |w, c| matching::receive::run(w, c, b"x", &Default::default()).map(drop)),
    ("agreement", Right::ShareRule, |w, c| {
        let request = matching::agree::Request {
            partner: "x".into(),
            jwk: "{}".into(),
            set: None,
            learns: MatchLearns::Both,
            url: None,
            token_file: None,
            values_max: 1,
            questions_per_day: 1,
            values_per_day: 1,
            active: true,
        };
        matching::agree::run(w, c, &request).map(drop)
    }),
    ("network", Right::Look, |w, c| network::build::run(w, c, &Silent).map(drop)),
    ("own a source", Right::ShareRule, |w, c| forewarn_app::source::own::run(w, c, "a feed", None).map(drop)),
    ("audit", Right::AuditRead, |w, c| audit::search(w, c, &Default::default(), None, 1).map(drop)),
    ("audit actions", Right::AuditRead, |w, c| audit::actions(w, c).map(drop)),
    ("audit chain", Right::AuditRead, |w, c| audit::verify(w, c).map(drop)),
    ("deliveries", Right::Look, |w, c| delivery::status::run(w, c, "none").map(drop)),
    ("member", Right::MemberWrite, |w, c| {
        let member = forewarn_app::model::member::Member {
            id: "m".into(),
            name: "M".into(),
            kind: MemberKind::Ngo,
            country: None,
            clearance: Tlp::Green,
            channels: Vec::new(),
            active: true,
        };
        member::put(w, c, &member)
    }),
    ("member's secret", Right::MemberWrite, |w, c| member::secret(w, c, "m").map(drop)),
    ("users", Right::UserWrite, |w, c| user::list(w, c).map(drop)),
    ("add user", Right::UserWrite, |w, c| user::add(w, c, &person("new"), &Password::new("x"))),
    ("change user", Right::UserWrite, |w, c| user::change(w, c, &person("ana"))),
    ("invite", Right::UserWrite, |w, c| user::invite(w, c, &person("ben")).map(drop)),
    ("set password", Right::UserWrite, |w, c| user::set_password(w, c, "ana", &Password::new("x"))),
    ("others' sessions", Right::UserWrite, |w, c| user::sessions(w, c, "ana").map(drop)),
    ("end others' sessions", Right::UserWrite, |w, c| user::end_all(w, c, "ana", None).map(drop)),
    ("others' tokens", Right::UserWrite, |w, c| token::list(w, c, Some("ana")).map(drop)),
    ("name at the provider", Right::UserWrite, |w, c| user::set_external(w, c, "ana", None)),
    ("remove another's second factor", Right::UserWrite, |w, c| user::totp_remove(w, c, "ana", None)),
];

/// What any one of several rights opens.
const EITHER: &[(&str, &[Right], Try)] = &[
    ("members", &[Right::Look, Right::MemberWrite], |w, c| member::list(w, c).map(drop)),
    ("one member", &[Right::Look, Right::MemberWrite], |w, c| member::find(w, c, "none").map(drop)),
    ("owners of sources", &[Right::Look, Right::ShareRule], |w, c| {
        forewarn_app::source::own::list(w, c, None, 1).map(drop)
    }),
    ("verify", &[Right::Operate, Right::AuditRead], |w, c| integrity::run(w, c).map(drop)),
];

fn engine() -> &'static Engine {
    static ENGINE: OnceLock<Engine> = OnceLock::new();
    ENGINE.get_or_init(|| Engine::builtin().unwrap())
}

fn key() -> Vec<Key> {
    Key::of(EntityKind::Campaign, &CampaignId::derive(&[b"x"]).to_string()).into_iter().collect()
}

fn person(name: &str) -> User {
    User {
        name: name.parse().unwrap(),
        shown: "A person".into(),
        organisation: String::new(),
        roles: Vec::new(),
        clearance: Tlp::Green,
        organisations: Vec::new(),
        locale: None,
        active: true,
        created: "2024-03-01T10:00:00Z".parse().unwrap(),
    }
}

fn acting(rights: Rights) -> Context {
    Context {
        now: "2024-03-01T10:00:00Z".parse().unwrap(),
        actor: "somebody".into(),
        clearance: Clearance::ALL,
        rights,
        random: |bytes| {
            *bytes = [7; 32];
            Ok(())
        },
        passphrase: Arc::new(|_| Err("a test has none".into())),
    }
}

#[track_caller]
fn check(workspace: &mut Workspace, who: &str, rights: Rights, name: &str, allowed: bool, action: Try) {
    let outcome = action(workspace, &acting(rights));
    let denied = matches!(outcome, Err(AppError::Denied { .. }));
    assert_eq!(denied, !allowed, "{who} tries {name:?}: {outcome:?}");
}

#[test]
fn each_role_may_do_exactly_what_the_table_says() {
    let folder = tempfile::tempdir().unwrap();
    let mut workspace = Workspace::open(folder.path()).unwrap();
    let everyone = Role::ALL.iter().map(|role| (role.as_str(), role.rights()));
    let single = Right::ALL.iter().map(|right| (right.as_str(), Rights::NONE.with(*right)));
    for (who, rights) in everyone.chain(single).chain([("nobody", Rights::NONE)]) {
        for (name, right, action) in ACTIONS {
            check(&mut workspace, who, rights, name, rights.has(*right), *action);
        }
        for (name, either, action) in EITHER {
            let allowed = either.iter().any(|right| rights.has(*right));
            check(&mut workspace, who, rights, name, allowed, *action);
        }
    }
}
