//! The fields of HTCDS 2.0 and of our extension.

/// What a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A text.
    Text,
    /// A number.
    Number,
    /// A day (ISO 8601).
    Date,
    /// Yes or no.
    Checkbox,
    /// A country (ISO 3166-1 alpha-2).
    Country,
    /// Countries.
    Countries,
    /// A language (ISO 639-1 or 639-2).
    Language,
    /// One code of a list.
    One(&'static [&'static str]),
    /// Codes of a list.
    Many(&'static [&'static str]),
}

/// A field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    /// Its name in the standard.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// Whether it tells who somebody is, or is free text in which that may stand.
    pub sealed: bool,
}

/// How the names of our extension begin.
pub const EXTENSION: &str = "fw_";

/// The column that names a case, which the standard leaves to each system.
pub const CASE_ID: &str = "fw_CaseId";

/// Looks a field up by its name.
pub fn field(name: &str) -> Option<&'static Field> {
    FIELDS.iter().chain(EXTENSIONS).find(|field| field.name == name)
}

/// What both fields for websites and apps may hold.
const WEBSITES_AND_APPS: &[&str] = &[
    "Facebook",
    "Instagram",
    "WhatsApp",
    "Telegram",
    "FacebookMessenger",
    "Viber",
    "SnapChat",
    "Line",
    "4Sale",
    "WeChat",
    "QQ",
    "QZone",
    "TikTok",
    "Twitter",
    "Other",
];

/// Every field of the standard, in its order.
///
/// Source: Human Trafficking Case Data Standard, Field Standards 2.0 (International Organization for Migration,
/// UNMigration/HTCDS, CC BY 4.0; no endorsement). Names and codes are verbatim, spelling included. What is sealed
/// is our choice.
pub const FIELDS: &[Field] = &[
    Field { name: "org_Name", kind: Kind::Text, sealed: false },
    Field { name: "org_ShippingCity", kind: Kind::Text, sealed: false },
    Field { name: "org_ShippingCountry", kind: Kind::Country, sealed: false },
    Field { name: "org_ShippingState", kind: Kind::Text, sealed: false },
    Field { name: "org_ShippingStreet", kind: Kind::Text, sealed: false },
    Field { name: "org_ShippingPostalCode", kind: Kind::Text, sealed: false },
    Field { name: "org_ShippingLongitude", kind: Kind::Number, sealed: false },
    Field { name: "org_ShippingLatitude", kind: Kind::Number, sealed: false },
    Field { name: "org_Phone", kind: Kind::Text, sealed: false },
    Field {
        name: "org_Type",
        kind: Kind::One(&[
            "NGO",
            "LawEnforcement",
            "HealthServiceOrganisation",
            "CentralGovernmentOrganisation",
            "LocalGovernmentOrganisation",
            "ImmigrationService",
            "LegalService",
            "CorporateBusiness",
            "SchoolOrCollege",
        ]),
        sealed: false,
    },
    Field { name: "prs_Salutation", kind: Kind::Text, sealed: true },
    Field { name: "prs_FirstName", kind: Kind::Text, sealed: true },
    Field { name: "prs_MiddleName", kind: Kind::Text, sealed: true },
    Field { name: "prs_SecondName", kind: Kind::Text, sealed: true },
    Field { name: "prs_Birthdate", kind: Kind::Date, sealed: true },
    Field {
        name: "prs_Gender",
        kind: Kind::One(&[
            "Feminine",
            "Masculine",
            "TransgenderFeminine",
            "TransgenderMasculine",
            "NonConforming",
            "NonSpecifiedUnknown",
        ]),
        sealed: false,
    },
    Field { name: "prs_Deceased", kind: Kind::Checkbox, sealed: true },
    Field {
        name: "prs_MaritalStatus",
        kind: Kind::One(&["Single", "Married", "Widowed", "Divorced", "Separated", "RegisteredPartnership"]),
        sealed: true,
    },
    Field { name: "prs_NumberOfChildren", kind: Kind::Number, sealed: true },
    Field { name: "prs_PrimaryLanguage", kind: Kind::Language, sealed: false },
    Field { name: "prs_SecondaryLanguage", kind: Kind::Language, sealed: false },
    Field {
        name: "prs_HighestLevelOfEducation",
        kind: Kind::One(&[
            "EarlyChildhoodEducation",
            "PrimaryEducation",
            "LowerSecondaryEducation",
            "UpperSecondaryEducation",
            "PostSecondaryNonTertiaryEducation",
            "ShortCycleTertiaryEducation",
            "BachelorsOrEquivalentLevel",
            "MastersOrEquivalentLevel",
            "DoctoralOrEquivalentLevel",
        ]),
        sealed: false,
    },
    Field { name: "prs_Citizenship", kind: Kind::Countries, sealed: false },
    Field { name: "prs_IdentityNumber", kind: Kind::Text, sealed: true },
    Field { name: "prs_Title", kind: Kind::Text, sealed: true },
    Field { name: "prs_Email", kind: Kind::Text, sealed: true },
    Field { name: "prs_HomePhone", kind: Kind::Text, sealed: true },
    Field { name: "prs_MobilePhone", kind: Kind::Text, sealed: true },
    Field { name: "prs_MailingCity", kind: Kind::Text, sealed: true },
    Field { name: "prs_MailingCountry", kind: Kind::Country, sealed: false },
    Field { name: "prs_MailingState", kind: Kind::Text, sealed: true },
    Field { name: "prs_MailingStreet", kind: Kind::Text, sealed: true },
    Field { name: "prs_MailingPostalCode", kind: Kind::Text, sealed: true },
    Field { name: "prs_MailingLongitude", kind: Kind::Number, sealed: true },
    Field { name: "prs_MailingLatitude", kind: Kind::Number, sealed: true },
    Field { name: "vic_AgreementToManagePersonalData", kind: Kind::Checkbox, sealed: false },
    Field {
        name: "vic_TraffickingStatus",
        kind: Kind::One(&[
            "PossibleVictimOfTrafficking",
            "ActualVictimOfTrafficking",
            "NotAVictimOfTrafficking",
        ]),
        sealed: false,
    },
    Field {
        name: "vic_TraffickingStatusDecisionMakingOrg",
        kind: Kind::One(&[
            "Police",
            "NGO",
            "CourtOrProsecution",
            "NonPoliceGovernmentalOrganization",
            "Other",
        ]),
        sealed: false,
    },
    Field {
        name: "vic_RelationshipToTrafficker",
        kind: Kind::One(&["Familial", "Acquainted", "Unaquainted"]),
        sealed: false,
    },
    Field { name: "vic_AgeWhenTrafficked", kind: Kind::Number, sealed: false },
    Field { name: "vic_RecruitmentWebsitesAndApps", kind: Kind::Many(WEBSITES_AND_APPS), sealed: false },
    Field {
        name: "vic_MethodOfRecruitment",
        kind: Kind::Many(&[
            "AtAPlaceOfBusiness",
            "AtAnEducationalInstitution",
            "AtWork",
            "ThroughOnlineSocialNetworks",
            "ThroughAnOnlineAdvertisement",
            "ThroughATelevisionAdvert",
            "ThroughANewspaperAdvert",
            "ThroughFamilyOrFamilyEvents",
            "ThroughFriendsOrSocialEvents",
            "Other",
        ]),
        sealed: false,
    },
    Field { name: "vic_LocationOfRecruitment", kind: Kind::Text, sealed: false },
    Field {
        name: "vic_MethodsOfControl",
        kind: Kind::Many(&[
            "PhysicalThreats",
            "ThreatsLawEnforcement",
            "ThreatensChildrenFamily",
            "DebtBondage",
            "FalsePromises",
            "PhysicalAbuse",
            "SexualAbuse",
            "TakesEarnings",
            "RestrictsFinancialAccess",
            "RestrictsMedicalCare",
            "WithholdsNecessities",
            "PsychologicalAbuse",
            "PsychoactiveSubstance",
            "ExcessiveWorkingHours",
            "WithholdsDocuments",
            "Other",
        ]),
        sealed: false,
    },
    Field {
        name: "vic_TypeOfExploitation",
        kind: Kind::Many(&[
            "ForcedLabour",
            "SexualExploitation",
            "ChildLabour",
            "ForcedMarriage",
            "Servitude",
            "ForcedMilitaryByNonStateActors",
            "OrganRemoval",
            "ForcedBegging",
            "ForcedAdoption",
            "Surrogacy",
            "Other",
        ]),
        sealed: false,
    },
    Field {
        name: "vic_ForcedLabourIndustry",
        kind: Kind::One(&[
            "A_AgricultureForestryAndFishing",
            "B_MiningAndQuarrying",
            "C_Manufacturing",
            "D_ElectricityGasSteamAndAirConditioningSupply",
            "E_WaterSupplySewerageWasteManagement",
            "F_Construction",
            "G_WholesaleAndRetailTradeRepairOfMotorVehicles",
            "H_TransportationAndStorage",
            "I_AccommodationAndFoodServiceActivities",
            "J_InformationAndCommunication",
            "K_FinancialAndInsuranceActivities",
            "L_RealEstateActivities",
            "M_ProfessionalScientificAndTechnicalActivities",
            "N_AdministrativeAndSupportServiceActivities",
            "O_PublicAdministrationAndDefence",
            "P_Education",
            "Q_HumanHealthAndSocialWorkActivities",
            "R_ArtsEntertainmentAndRecreation",
            "S_OtherServiceActivities",
            "T_ActivitiesOfHouseholdsAsEmployers",
            "U_ActivitiesOfExtraterritorialOrganizations",
        ]),
        sealed: false,
    },
    Field {
        name: "vic_TypeOfSexExploitation",
        kind: Kind::Many(&[
            "Prostitution",
            "Pornography",
            "RemoteInteractiveServices",
            "PrivateSexualServices",
        ]),
        sealed: false,
    },
    Field { name: "vic_LocationOfExploitation", kind: Kind::Text, sealed: false },
    Field { name: "vic_ExploitationWebsitesAndApps", kind: Kind::Many(WEBSITES_AND_APPS), sealed: false },
    Field {
        name: "vic_Vulnerabilities",
        kind: Kind::Many(&[
            "Addiction",
            "SocialGroup",
            "Discrimination",
            "Poverty",
            "DisabilityAndPhysicalHealth",
            "MentalHealth",
            "Migration",
            "Homelessness",
            "AbuseSocialMedia",
            "AbusePhysical",
            "Education",
            "WorkEnvironment",
        ]),
        sealed: true,
    },
    Field { name: "vic_DetailsOfVulnerabilities", kind: Kind::Text, sealed: true },
    Field {
        name: "per_RoleInProcess",
        kind: Kind::Many(&[
            "TravellingPartner",
            "Transporter",
            "RecruiterOrIntermediary",
            "BrokerTravelAgent",
            "TransferredIndividual",
            "HarbouredIndividual",
            "SoldIndividual",
            "BoughtIndividual",
            "ReceivedIndividual",
            "ControlledIndividual",
            "Smuggler",
            "Abuser",
            "Kidnapper",
            "Exploiter",
            "Other",
        ]),
        sealed: false,
    },
    Field { name: "per_RoleDetails", kind: Kind::Text, sealed: true },
    Field {
        name: "cas_Status",
        kind: Kind::One(&["Active", "FollowUp", "Closed", "ClosedReferred"]),
        sealed: false,
    },
    Field { name: "cas_ReasonForCaseClosure", kind: Kind::Text, sealed: true },
    Field { name: "cas_CaseOwner", kind: Kind::Text, sealed: true },
    Field { name: "cas_ReferringOrganisation", kind: Kind::Text, sealed: false },
    Field { name: "cas_IncomingReferralDate", kind: Kind::Date, sealed: false },
    Field { name: "cas_ReferringPrimaryCaseWorker", kind: Kind::Text, sealed: true },
    Field {
        name: "cas_ReasonForIncomingReferral",
        kind: Kind::One(&["AdditionalServicesRequired", "MigrationOrChangeOfLocation", "Other"]),
        sealed: false,
    },
    Field { name: "cas_IncomingReferralDetails", kind: Kind::Text, sealed: true },
    Field { name: "cas_ReferredOrganisation", kind: Kind::Text, sealed: false },
    Field { name: "cas_ReferredPrimaryCaseWorker", kind: Kind::Text, sealed: true },
    Field {
        name: "cas_ReasonForOutgoingReferral",
        kind: Kind::One(&["AdditionalServicesRequired", "MigrationOrChangeOfLocation", "Other"]),
        sealed: false,
    },
    Field { name: "cas_OutgoingReferralDate", kind: Kind::Date, sealed: false },
    Field { name: "cas_OutgoingReferralDetails", kind: Kind::Text, sealed: true },
    Field { name: "cco_CaseComment", kind: Kind::Text, sealed: true },
    Field { name: "hte_Longitude", kind: Kind::Number, sealed: true },
    Field { name: "hte_Latitude", kind: Kind::Number, sealed: true },
    Field { name: "hte_City", kind: Kind::Text, sealed: false },
    Field { name: "hte_Country", kind: Kind::Country, sealed: false },
    Field { name: "hte_State", kind: Kind::Text, sealed: false },
    Field { name: "hte_Street", kind: Kind::Text, sealed: true },
    Field { name: "hte_PostalCode", kind: Kind::Text, sealed: true },
    Field { name: "hte_Date", kind: Kind::Date, sealed: false },
    Field { name: "hte_Type", kind: Kind::One(&["Recruitment", "Transit", "Exploitation"]), sealed: false },
    Field { name: "hte_Description", kind: Kind::Text, sealed: true },
    Field { name: "spl_Objectives", kind: Kind::Text, sealed: true },
    Field { name: "spl_ActionPlan", kind: Kind::Text, sealed: true },
    Field { name: "spl_PlannedEndDate", kind: Kind::Date, sealed: false },
    Field { name: "spl_ActualEndDate", kind: Kind::Date, sealed: false },
    Field {
        name: "spl_Type",
        kind: Kind::One(&[
            "Education",
            "Financial",
            "Health",
            "LabourExploitationRehabilitation",
            "Legal",
            "Livelihood",
            "RightsBasedTraining",
            "SexualExploitationRehabilitation",
            "SocialCare",
        ]),
        sealed: false,
    },
    Field { name: "con_Consent", kind: Kind::Checkbox, sealed: false },
];

/// Our extension: forced criminality, which the standard has no code for, after what UNODC tells of victims held in
/// scam centres (*Casinos, cyber fraud, and trafficking in persons for forced criminality in Southeast Asia*, 2023).
pub const EXTENSIONS: &[Field] = &[
    Field { name: "fw_ForcedCriminality", kind: Kind::One(&["Yes", "No", "Unknown"]), sealed: false },
    Field {
        name: "fw_TypeOfForcedCriminality",
        kind: Kind::Many(&[
            "RomanceOrInvestmentFraud",
            "JobOrTaskFraud",
            "ImpersonationFraud",
            "CryptoAssetFraud",
            "IllegalOnlineGambling",
            "OnlineExtortion",
            "MoneyLaundering",
            "RecruitingOthers",
            "Other",
        ]),
        sealed: false,
    },
    Field {
        name: "fw_ForcedCriminalityIndicators",
        kind: Kind::Many(&[
            "DeceivedAboutWork",
            "DeceivedAboutDestination",
            "IrregularBorderCrossing",
            "DocumentsWithheld",
            "PhonesWithheld",
            "MovementRestricted",
            "GuardedPremises",
            "ViolenceOrThreats",
            "PunishedForMissedQuota",
            "ExcessiveHours",
            "PayWithheld",
            "GrowingDebt",
            "RansomDemanded",
            "SoldOn",
        ]),
        sealed: false,
    },
    Field {
        name: "fw_NonPunishmentApplied",
        kind: Kind::One(&["Yes", "No", "Pending", "Unknown"]),
        sealed: false,
    },
    Field { name: "fw_HubCountry", kind: Kind::Country, sealed: false },
    Field { name: "fw_HubPlace", kind: Kind::Text, sealed: false },
];
