//! What a user may do: rights, and the roles that bundle them.
//!
//! A role is a row of one table. What a user may *see* is a matter of clearance ([`crate::clearance`]), not of rights.

use crate::words::words;

words! {
    /// Something that a user may do.
    Right ("right"):
    /// Look at and search reports, campaigns, the network, alarms, incidents and notices.
    Look = "look",
    /// Bring in reports and lists of identifiers.
    ReportAdd = "report_add",
    /// Change the grading and the marking of a report.
    ReportMark = "report_mark",
    /// Split campaigns and mark merges as wrong.
    CampaignMark = "campaign_mark",
    /// Mark ties of the network as wrong; save views.
    NetworkMark = "network_mark",
    /// Dismiss, merge or watch an alarm.
    AlarmDecide = "alarm_decide",
    /// Add, import, confirm and retract incidents.
    IncidentWrite = "incident_write",
    /// Draft notices, change drafts and submit them.
    NoticeDraft = "notice_draft",
    /// Approve and reject notices, override findings.
    NoticeReview = "notice_review",
    /// Issue, distribute, supersede and withdraw notices.
    NoticeIssue = "notice_issue",
    /// Acknowledge notices and reply to them.
    NoticeAnswer = "notice_answer",
    /// Take lists and files out.
    Export = "export",
    /// Exchange with other nodes: collections, matching, statistics.
    Share = "share",
    /// Write the rules of who gets what, and the partners.
    ShareRule = "share_rule",
    /// Write the members.
    MemberWrite = "member_write",
    /// Write rule packs.
    RuleWrite = "rule_write",
    /// Write users, end sessions and tokens of others.
    UserWrite = "user_write",
    /// Read the audit log.
    AuditRead = "audit_read",
    /// Keys, backups and settings.
    Operate = "operate",
    /// Record cases of persons, open what is sealed in them, and erase it.
    CaseWork = "case_work",
}

words! {
    /// A bundle of rights.
    Role ("role"):
    /// Looks.
    Reader = "reader",
    /// Works with reports, alarms and incidents, and drafts notices.
    Analyst = "analyst",
    /// Reviews what others drafted.
    Reviewer = "reviewer",
    /// Issues what was approved, and sees that it arrives.
    Publisher = "publisher",
    /// Runs the house; has no say in what is warned of.
    Administrator = "administrator",
    /// Another organisation: receives, acknowledges, replies, exchanges.
    Partner = "partner",
    /// Works with the cases of persons, and with nothing else that changes anything.
    Caseworker = "caseworker",
}

/// What each right lets one do, in the words of the table of permissions.
const TOLD: &[(Right, &str)] = &[
    (Right::Look, "look at and search reports, campaigns, the network, alarms, incidents and notices"),
    (Right::ReportAdd, "bring in reports and lists of identifiers, and work through them"),
    (Right::ReportMark, "change the grading and the marking of a report"),
    (Right::CampaignMark, "split campaigns and mark merges as wrong"),
    (Right::NetworkMark, "mark ties of the network as wrong, save views"),
    (Right::AlarmDecide, "dismiss, merge or watch an alarm"),
    (Right::IncidentWrite, "add, import, confirm and retract incidents"),
    (Right::NoticeDraft, "draft notices, change drafts and submit them"),
    (Right::NoticeReview, "approve and reject notices, override findings"),
    (Right::NoticeIssue, "issue, distribute, supersede and withdraw notices"),
    (Right::NoticeAnswer, "acknowledge issued notices and reply to them"),
    (Right::Export, "take lists and files out"),
    (Right::Share, "exchange with other nodes: collections, matching, statistics"),
    (Right::ShareRule, "write the rules of who gets what, and the partners"),
    (Right::MemberWrite, "write the members"),
    (Right::RuleWrite, "write rule packs"),
    (Right::UserWrite, "write users, end sessions and tokens of others"),
    (Right::AuditRead, "read the audit log"),
    (Right::Operate, "keys, backups and settings"),
    (Right::CaseWork, "record cases of persons, open what is sealed in them, and erase it"),
];

/// Which role has which rights.
const TABLE: &[(Role, &[Right])] = &[
    (Role::Reader, &[Right::Look]),
    (
        Role::Analyst,
        &[
            Right::Look,
            Right::ReportAdd,
            Right::ReportMark,
            Right::CampaignMark,
            Right::NetworkMark,
            Right::AlarmDecide,
            Right::IncidentWrite,
            Right::NoticeDraft,
            Right::NoticeAnswer,
            Right::Export,
            Right::Share,
        ],
    ),
    (Role::Reviewer, &[Right::Look, Right::NoticeReview, Right::Export]),
    (Role::Publisher, &[Right::Look, Right::NoticeIssue, Right::Export, Right::Share]),
    (
        Role::Administrator,
        &[
            Right::MemberWrite,
            Right::RuleWrite,
            Right::UserWrite,
            Right::AuditRead,
            Right::Operate,
            Right::ShareRule,
        ],
    ),
    (Role::Partner, &[Right::NoticeAnswer, Right::Share]),
    (Role::Caseworker, &[Right::Look, Right::CaseWork]),
];

impl Right {
    /// What it lets one do, in words.
    pub fn told(self) -> &'static str {
        TOLD.iter().find(|(right, _)| *right == self).map_or("", |(_, told)| told)
    }
}

impl Role {
    /// The rights of this role.
    pub fn rights(self) -> Rights {
        let row = TABLE.iter().find(|(role, _)| *role == self).map_or(&[][..], |(_, rights)| rights);
        row.iter().fold(Rights::NONE, |all, right| all.with(*right))
    }
}

/// A set of rights.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Rights(u32);

impl Rights {
    /// No right.
    pub const NONE: Self = Self(0);

    /// Every right: the user of the machine on which the data folder lies.
    pub fn all() -> Self {
        Right::ALL.iter().fold(Self::NONE, |all, right| all.with(*right))
    }

    /// The rights of all these roles together.
    pub fn of(roles: &[Role]) -> Self {
        roles.iter().fold(Self::NONE, |all, role| Self(all.0 | role.rights().0))
    }

    /// This set and one more.
    pub fn with(self, right: Right) -> Self {
        Self(self.0 | 1 << right as u32)
    }

    /// What is in both: a token never may more than its owner.
    pub fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Whether a right is in it.
    pub fn has(self, right: Right) -> bool {
        self.0 & (1 << right as u32) != 0
    }

    /// The rights in it, in order.
    pub fn iter(self) -> impl Iterator<Item = Right> {
        Right::ALL.iter().copied().filter(move |right| self.has(*right))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_role_has_a_row_and_every_right_a_holder() {
        for role in Role::ALL {
            assert_ne!(role.rights(), Rights::NONE, "{role}");
        }
        assert_eq!(Rights::of(Role::ALL), Rights::all());
    }

    #[test]
    fn every_right_is_told() {
        for right in Right::ALL {
            assert!(!right.told().is_empty(), "{right}");
        }
    }

    #[test]
    fn drafting_reviewing_and_issuing_are_apart() {
        for role in Role::ALL {
            let held = [Right::NoticeDraft, Right::NoticeReview, Right::NoticeIssue];
            let count = held.iter().filter(|right| role.rights().has(**right)).count();
            assert!(count <= 1, "{role} holds {count} of them");
        }
    }

    #[test]
    fn sets_meet_and_print_in_order() {
        let both = Rights::of(&[Role::Analyst]).and(Role::Partner.rights());
        let names: Vec<&str> = both.iter().map(Right::as_str).collect();
        assert_eq!(names, ["notice_answer", "share"]);
    }
}
