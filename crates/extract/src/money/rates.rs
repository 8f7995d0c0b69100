//! What a unit of each currency is worth, and which countries use it.

use std::sync::LazyLock;

use forewarn_model::{Country, Currency};

/// The dated table of rates; its head says where they come from.
const RATES: &str = include_str!("../../../../gazetteers/forewarn/rates.tsv");

/// Currencies with the countries that use them (ISO 3166-1 alpha-2). Of countries that are paid in dollars
/// or euros besides, only the own currency stands here.
const USERS: &[(&str, &str)] = &[
    ("USD", "US PR GU EC SV PA TL"),
    ("EUR", "AT BE CY DE EE ES FI FR GR HR IE IT LT LU LV MT NL PT SI SK ME XK AD MC SM VA"),
    ("GBP", "GB IM JE GG"),
    ("CHF", "CH LI"),
    ("SEK", "SE"),
    ("NOK", "NO SJ"),
    ("DKK", "DK GL FO"),
    ("ISK", "IS"),
    ("PLN", "PL"),
    ("CZK", "CZ"),
    ("HUF", "HU"),
    ("RON", "RO"),
    ("BGN", "BG"),
    ("RSD", "RS"),
    ("ALL", "AL"),
    ("MKD", "MK"),
    ("BAM", "BA"),
    ("MDL", "MD"),
    ("UAH", "UA"),
    ("RUB", "RU"),
    ("BYN", "BY"),
    ("GEL", "GE"),
    ("AMD", "AM"),
    ("AZN", "AZ"),
    ("KZT", "KZ"),
    ("UZS", "UZ"),
    ("KGS", "KG"),
    ("TJS", "TJ"),
    ("TMT", "TM"),
    ("MNT", "MN"),
    ("CNY", "CN"),
    ("HKD", "HK"),
    ("MOP", "MO"),
    ("TWD", "TW"),
    ("JPY", "JP"),
    ("KRW", "KR"),
    ("THB", "TH"),
    ("VND", "VN"),
    ("LAK", "LA"),
    ("KHR", "KH"),
    ("MMK", "MM"),
    ("MYR", "MY"),
    ("SGD", "SG"),
    ("BND", "BN"),
    ("IDR", "ID"),
    ("PHP", "PH"),
    ("INR", "IN"),
    ("PKR", "PK"),
    ("BDT", "BD"),
    ("LKR", "LK"),
    ("NPR", "NP"),
    ("BTN", "BT"),
    ("MVR", "MV"),
    ("AFN", "AF"),
    ("IRR", "IR"),
    ("IQD", "IQ"),
    ("AED", "AE"),
    ("SAR", "SA"),
    ("QAR", "QA"),
    ("KWD", "KW"),
    ("BHD", "BH"),
    ("OMR", "OM"),
    ("YER", "YE"),
    ("JOD", "JO"),
    ("LBP", "LB"),
    ("SYP", "SY"),
    ("ILS", "IL PS"),
    ("TRY", "TR"),
    ("EGP", "EG"),
    ("SDG", "SD"),
    ("LYD", "LY"),
    ("TND", "TN"),
    ("DZD", "DZ"),
    ("MAD", "MA EH"),
    ("XOF", "BF BJ CI GW ML NE SN TG"),
    ("XAF", "CM CF CG GA GQ TD"),
    ("GNF", "GN"),
    ("NGN", "NG"),
    ("GHS", "GH"),
    ("LRD", "LR"),
    ("GMD", "GM"),
    ("SLE", "SL"),
    ("CDF", "CD"),
    ("KES", "KE"),
    ("TZS", "TZ"),
    ("UGX", "UG"),
    ("RWF", "RW"),
    ("BIF", "BI"),
    ("ETB", "ET"),
    ("SOS", "SO"),
    ("MGA", "MG"),
    ("MUR", "MU"),
    ("MWK", "MW"),
    ("ZMW", "ZM"),
    ("ZAR", "ZA LS SZ"),
    ("NAD", "NA"),
    ("BWP", "BW"),
    ("MZN", "MZ"),
    ("AOA", "AO"),
    ("AUD", "AU KI NR"),
    ("NZD", "NZ"),
    ("CAD", "CA"),
    ("FJD", "FJ"),
    ("MXN", "MX"),
    ("BRL", "BR"),
    ("ARS", "AR"),
    ("CLP", "CL"),
    ("COP", "CO"),
    ("PEN", "PE"),
    ("BOB", "BO"),
    ("UYU", "UY"),
    ("PYG", "PY"),
    ("DOP", "DO"),
    ("VES", "VE"),
    ("CRC", "CR"),
    ("GTQ", "GT"),
    ("HNL", "HN"),
    ("NIO", "NI"),
    ("CUP", "CU"),
];

static TABLE: LazyLock<Vec<(Currency, f64)>> = LazyLock::new(|| {
    let rows = RATES.lines().filter(|line| !line.starts_with('#'));
    let mut table: Vec<(Currency, f64)> = rows
        .filter_map(|line| {
            let mut fields = line.split('\t');
            Some((fields.next()?.parse().ok()?, fields.next()?.parse().ok()?))
        })
        .collect();
    table.sort_by_key(|row| row.0);
    table
});

/// The currency with this code, and US dollars for a unit of it; none for a code that the table lacks.
pub(super) fn rate(code: &str) -> Option<(Currency, f64)> {
    let index = TABLE.binary_search_by(|(currency, _)| currency.as_str().cmp(code)).ok()?;
    Some(TABLE[index])
}

static CURRENCIES: LazyLock<Vec<(Country, &'static str)>> = LazyLock::new(|| {
    let pairs = USERS.iter().flat_map(|&(code, countries)| countries.split(' ').map(move |c| (c, code)));
    let mut table: Vec<_> = pairs.filter_map(|(country, code)| Some((country.parse().ok()?, code))).collect();
    table.sort_unstable();
    table
});

/// The code of the currency that `country` uses.
pub(super) fn currency_of(country: Country) -> Option<&'static str> {
    let index = CURRENCIES.binary_search_by_key(&country, |row| row.0).ok()?;
    Some(CURRENCIES[index].1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_table_is_read() {
        let rows: Vec<_> = RATES.lines().filter(|line| !line.starts_with('#')).collect();
        assert_eq!(TABLE.len(), rows.len());
        for row in rows {
            let fields: Vec<_> = row.split('\t').collect();
            assert_eq!(fields.len(), 4, "{row}");
            assert_eq!(fields[2], "2024-12-31", "{row}");
            assert!(rate(fields[0]).unwrap().1 > 0.0, "{row}");
        }
    }

    #[test]
    fn every_currency_in_use_has_a_rate() {
        for (code, countries) in USERS {
            assert!(rate(code).is_some(), "{code}");
            for country in countries.split(' ') {
                assert_eq!(currency_of(country.parse().unwrap()), Some(*code));
            }
        }
        assert_eq!(rate("XXX"), None);
    }
}
