//! The signs, codes and words of currencies in the languages of offers, as folded text.

use super::unit::{Care, Side, Sign, Unit};

const fn before(codes: &'static [&'static str]) -> Sign {
    Sign { unit: Unit::Of(codes), side: Side::Before, care: Care::None }
}

const fn after(codes: &'static [&'static str]) -> Sign {
    Sign { unit: Unit::Of(codes), side: Side::After, care: Care::None }
}

const fn either(codes: &'static [&'static str]) -> Sign {
    Sign { unit: Unit::Of(codes), side: Side::Either, care: Care::None }
}

const fn careful(codes: &'static [&'static str], side: Side, care: Care) -> Sign {
    Sign { unit: Unit::Of(codes), side, care }
}

const fn special(unit: Unit, side: Side) -> Sign {
    Sign { unit, side, care: Care::None }
}

const RUPEES: &[&str] = &["INR", "PKR", "NPR", "LKR", "MUR"];
const DINARS: &[&str] = &["KWD", "JOD", "BHD", "IQD", "TND", "DZD", "LYD", "RSD", "MKD"];
const RIYALS: &[&str] = &["SAR", "QAR", "OMR", "YER", "IRR"];
const DIRHAMS: &[&str] = &["AED", "MAD"];
const POUNDS: &[&str] = &["GBP", "EGP", "SDG", "LBP", "SYP"];
const POUNDS_AR: &[&str] = &["EGP", "SDG", "GBP", "LBP", "SYP"];
const LIRAS: &[&str] = &["TRY", "SYP", "LBP"];
const CROWNS: &[&str] = &["SEK", "NOK", "DKK", "CZK", "ISK"];
const FRANCS: &[&str] = &["XOF", "XAF", "CHF", "CDF", "GNF", "RWF", "BIF"];
const CFA: &[&str] = &["XOF", "XAF"];
const SHILLINGS: &[&str] = &["KES", "TZS", "UGX", "SOS"];
const LEI: &[&str] = &["RON", "MDL"];

/// Every sign with its words; the notation is that of `Lexicon`.
pub(super) static ROWS: &[(Sign, &str)] = &[
    // Dollars
    (special(Unit::Dollar, Side::Either), "$|💲"),
    (special(Unit::DollarWord, Side::After), "dollar*|dólar*|dolar*|dolari|dollari|дол*|доллар*|долл|долл.|долар*|дол."),
    (special(Unit::DollarWord, Side::After), "ドル|弗|달러|불|ดอลลาร์|ดอลล่าร์|ดอลล่า|เหรียญ|ໂດລາ|ໂດລ້າ|ដុល្លារ|ដុល្លា"),
    (special(Unit::DollarWord, Side::Either), "डॉलर*|डलर*|डालर*|ডলার*|டாலர்*|ڈالر*|دولار*|دلار*|ዶላር*|dola"),
    (special(Unit::DollarWord, Side::Either), "ဒေါ်လာ|ඩොලර්|đô la|đô|đôla|刀|bucks"),
    (either(&["USD"]), "usd|usd$|$usd|us$|$us|u$s|u$d|u$|us dollar|us dollars|u.s. dollar|u.s. dollars|american dollars|usd."),
    (either(&["USD"]), "美元|美金|美刀|美圆|米ドル|미달러|미국달러|미불|đô la mỹ|đô mỹ|đola mỹ|dolar as|dolar amerika|dolar us|dola za marekani"),
    (after(&["USD"]), "dólares americanos|dólares estadounidenses|dollari americani|dollars américains|amerikan doları|abd doları"),
    (after(&["USD"]), "долларов сша|доллара сша|доллар сша|доларів сша|ам.доллар*|ам доллар*|ам. доллар*|ақш доллар*|aqsh dollari*"),
    (after(&["USD"]), "अमेरिकी डॉलर*|अमेरिकी डलर*|अमेरिकन डॉलर*|মার্কিন ডলার*|அமெரிக்க டாலர்*|امریکی ڈالر*|دولار أمريكي|دولار امريكي|دولاراً أمريكياً"),
    (before(&["USD"]), "အမေရိကန်ဒေါ်လာ|အမေရိကန် ဒေါ်လာ|ඇමරිකානු ඩොලර්|ඇ.ඩො.|dolar"),
    (after(&["USD"]), "ดอลลาร์สหรัฐ|ดอลลาร์สหรัฐฯ|ດອນລາ|ໂດລາສະຫະລັດ|ដុល្លារអាមេរិក"),
    (either(&["USDT"]), "usdt|₮usdt|泰达币|泰達幣|u币|tether"),
    (careful(&["USDT"], Side::After, Care::Touch), "u"),
    (either(&["AUD"]), "aud|a$|au$|aud$|aus$|australian dollars|澳元|澳币|澳幣|澳刀|豪ドル|호주달러|호주 달러|ออสเตรเลียดอลลาร์|dólares australianos"),
    (either(&["NZD"]), "nzd|nz$|new zealand dollars|纽币|紐幣|뉴질랜드달러"),
    (either(&["CAD"]), "cad|c$|ca$|can$|cad$|canadian dollars|加元|加币|加幣|캐나다달러|dollars canadiens"),
    (either(&["SGD"]), "sgd|s$|sg$|sgd$|singapore dollar|singapore dollars|dolar singapura|新币|新幣|坡币|新加坡元|싱가포르달러|싱가포르 달러|シンガポールドル|สิงคโปร์ดอลลาร์|ดอลลาร์สิงคโปร์"),
    (after(&["SGD"]), "சிங்கப்பூர் டாலர்*|सिंगापुर डॉलर*|সিঙ্গাপুর ডলার*|đô sing|đô singapore"),
    (either(&["HKD"]), "hkd|hk$|hkd$|港币|港幣|港元|港纸|港紙|蚊|hong kong dollars|홍콩달러|香港ドル|đô hồng kông|ดอลลาร์ฮ่องกง"),
    (either(&["TWD"]), "twd|ntd|nt$|ntd$|台币|台幣|新台币|新台幣|新臺幣|臺幣|đài tệ|대만달러|台湾ドル|เหรียญไต้หวัน|ดอลลาร์ไต้หวัน"),
    (either(&["BND"]), "bnd|b$"),
    (either(&["FJD"]), "fjd"),
    (either(&["NAD"]), "n$"),
    (either(&["LRD"]), "lrd"),
    // East Asia
    (special(Unit::Yen, Side::Either), "¥"),
    (special(Unit::Yuan, Side::After), "元|块|塊|块钱|塊錢|圆|圓|元钱|文钱"),
    (either(&["CNY"]), "cny|rmb|rmb¥|cn¥|人民币|人民幣|元人民币|元人民幣|元rmb|중국돈|위안|위엔|元(人民币)|nhân dân tệ|หยวน|ຢວນ|យ័ន|ယွမ်"),
    (either(&["CNY"]), "yuan|yuans|yuanes|юан*|юань|युआन|ইউয়ান|யுவான்|یوآن|يوان|ዩዋን|යුවාන්|人民元|중국 위안|tệ|yuán"),
    (after(&["HKD"]), "元港币|元港幣"),
    (after(&["TWD"]), "元台币|元台幣|元新台幣"),
    (after(&["JPY"]), "円|日元|日圓|日币|日幣|万円|엔|엔화|yên|yên nhật|เยน|ເຢນ|เย็น|យ៉េន|иен*|иена|ієн*|येन|ইয়েন|யென்|ین|ين ياباني|የን"),
    (either(&["JPY"]), "jpy|yen|yenes|jp¥|ယန်း|යෙන්|日本円"),
    (after(&["KRW"]), "원|만원|韩元|韓元|韩币|韓幣|韓圓|韓国ウォン|ウォン|won|wons|вон*|вона|วอน|ວອນ|វ៉ុន|वोन|ওন|வோன்|ون|ዎን|won hàn"),
    (either(&["KRW"]), "krw|₩|ဝမ်|වොන්|کوریائی وون|वॉन"),
    (either(&["MNT"]), "mnt|₮"),
    (after(&["MNT"]), "төгрөг*|төг|төг.|tögrög|tugrik*|тугрик*|图格里克"),
    (either(&["MOP"]), "mop$|澳门币|澳門幣|澳门元|澳門元|葡币|葡幣|patacas"),
    (careful(&["MOP"], Side::Either, Care::Home), "mop"),
    // South-East Asia
    (either(&["THB"]), "thb|฿|บาท|บาทไทย|泰铢|泰銖|铢|銖|泰币|泰幣|タイバーツ|バーツ|태국바트|바트|밧|ບາດ|បាត|ဘတ်|ဘတ်ငွေ|baht|bahts|bath|бат|бата|батов|батів|бахт"),
    (after(&["THB"]), "बाट|बात|ভাট|থাই বাত|வாட்*|بھات|باهت|بات|ባህት|බාට්|бат*"),
    (either(&["VND"]), "vnd|vnđ|₫|越南盾|越盾|ベトナムドン|베트남동|เวียดนามดอง|ດົງ"),
    (after(&["VND"]), "đồng|đ|dong|ドン|만동|만 동|донг*|ដុង"),
    (either(&["LAK"]), "lak|₭|ກີບ|กีบ|kip|kips|基普|老挝基普|キープ|낍|ກີບລາວ"),
    (either(&["KHR"]), "khr|៛|រៀល|riel|riels|瑞尔|リエル|เรียล"),
    (either(&["MMK"]), "mmk|ကျပ်|ကျပ်ငွေ|kyat|kyats|缅币|緬幣|缅元|จ๊าด|จ๊าต|チャット|짯|ks"),
    (either(&["MYR"]), "myr|rm|ringgit|ringit|马币|馬幣|令吉|林吉特|링깃|リンギット|ริงกิต|रिंगिट|রিঙ্গিত|রিংগিত|ரிங்கிட்|رنگٹ|ringgits|रिङ्गेट"),
    (either(&["IDR"]), "idr|rp|rp.|rupiah|印尼盾|印尼卢比|루피아|ルピア|รูเปียห์|rupias indonesias|рупий индонезийских"),
    (either(&["PHP"]), "₱|php.|菲律宾比索|菲币|菲幣|フィリピンペソ|필리핀페소|philippine peso|philippine pesos|ph₱|เปโซ"),
    (careful(&["PHP"], Side::Either, Care::Touch), "php"),
    (careful(&["PHP"], Side::Before, Care::TouchAndHome), "p|p."),
    (special(Unit::Peso, Side::After), "peso|pesos|piso|pisos|pesong|比索|披索|ペソ|페소|песо"),
    (after(&["MXN"]), "mxn|pesos mexicanos|mx$|mxn$"),
    (before(&["MXN"]), "mxn|mx$|mxn$|mex$"),
    // South Asia
    (either(&["INR"]), "inr|₹|inr.|卢比|盧比|印度卢比|rupias indias|인도루피"),
    (either(RUPEES), "rs|rs.|rs:|r's|rupees|rupee|rupiya|rupaye|rupaiya|루피|ルピー|রুপি|রুপিয়া"),
    (special(Unit::Devanagari, Side::Either), "रुपये|रुपए|रूपये|रुपया|रुपयों|रु|रु.|रू|रू."),
    (either(&["NPR", "INR"]), "रुपैयाँ|रुपियाँ|रुपैया|रुपैयाको|npr|nrs|nrs.|ने.रु.|नेरु"),
    (either(&["INR", "LKR"]), "ரூபாய்*|ரூ|ரூ."),
    (either(&["LKR"]), "lkr|slr|රු|රු.|රුපියල්|රුපියල"),
    (either(&["PKR", "INR"]), "روپے|روپیہ|روپئے|روپیے|روپۓ|pkr|pkr."),
    (either(&["BDT"]), "bdt|৳|টাকা*|tk|tk.|taka|টাকার|塔卡"),
    (either(&["MVR"]), "mvr|rufiyaa"),
    (either(&["AFN"]), "afn|افغانی|afghani"),
    (either(&["BTN"]), "ngultrum|nu."),
    // Middle East
    (either(&["AED"]), "aed|dhs|dhs.|迪拉姆|迪尔汗|阿联酋迪拉姆|ディルハム|디르함|เดอร์แฮม|dirham uae|аед"),
    (either(DIRHAMS), "dh|dh.|dirham*|درهم*|درہم|दिरहम|दिरहाम|दिराम|দিরহাম*|திர்ஹம்*|දිරාම්|ዲርሃም|дирхам*|dírham*|dirrã|درهماً"),
    (either(&["SAR"]), "沙特里亚尔|saudi riyal*|saudi riyals|ريال سعودي|sar"),
    (careful(&["SAR"], Side::Either, Care::TouchAndHome), "sr"),
    (either(RIYALS), "riyal*|riyals|rial|riales|rials|riais|ريال*|ریال|रियाल|রিয়াল*|ரியால்*|රියාල්|ሪያል|риял*|реал*|риал*|ริยัล|ริยาล|ရီယာ|riyol|里亚尔|リヤル|리얄|rials"),
    (either(&["QAR"]), "qar|qr|ريال قطري|卡塔尔里亚尔"),
    (either(&["KWD"]), "kwd|kd|دينار كويتي|kuwaiti dinar|kuwaiti dinars|كويتي دينار"),
    (either(&["BHD"]), "bhd|bd.|bahraini dinar|bahraini dinars"),
    (either(&["OMR"]), "omr|omani rial|omani rials|omani riyal|ريال عماني"),
    (either(&["JOD"]), "jod|jd|دينار أردني|دينار اردني"),
    (either(&["IQD"]), "iqd|دينار عراقي"),
    (after(DINARS), "dinar*|dinars|دينار*|دنانير|دینار|दिनार|दीनार|দিনার*|தினார்*|ዲናር|динар*|第纳尔|ディナール|디나르|ဒီနာ|ดีนาร์"),
    (before(DINARS), "දිනාර්|ዲናር|ဒီနာ"),
    (either(&["ILS"]), "ils|nis|₪|shekel|shekels|שקל|شيكل"),
    (after(LIRAS), "lira*|ليرة|لیرہ|лир*|里拉|리라|لира"),
    (either(&["TRY"]), "₺|tl|tl.|türk lirası|ليرة تركية|土耳其里拉"),
    (careful(&["TRY"], Side::Either, Care::Home), "try"),
    (either(&["EGP"]), "egp|e£|جنيه مصري|جنيهاً مصرياً"),
    (after(POUNDS_AR), "جنيه*|ج.م"),
    (either(&["IRR"]), "irr|تومان"),
    (either(&["SYP"]), "syp|ليرة سورية"),
    (either(&["LBP"]), "lbp|ليرة لبنانية"),
    (either(&["SDG"]), "sdg"),
    // Europe
    (either(&["EUR"]), "€|eur|eur."),
    (after(&["EUR"]), "euro*|euros|evro|yevro|avro*|евро|євро|еуро|eiro|欧元|歐元|欧|ユーロ|유로|ยูโร|ເອີໂຣ|ຢູໂຣ|អឺរ៉ូ|ယူရို|يورو|أورو|اورو|یورو|यूरो|युरो|ইউরো|யூரோ*|යුරෝ|ዩሮ"),
    (before(&["EUR"]), "euro|ယူရို|යුරෝ|ዩሮ|欧元"),
    (either(&["GBP"]), "£|gbp|英镑|英鎊|ポンド|영국파운드|ปอนด์|funt sterling|stg"),
    (after(POUNDS), "pound|pounds|libras|libra|livres sterling|sterline|sterlina|sterlin|pfund|pfd|lire sterline|funt*|фунт*|фунтов|पाउंड|পাউন্ড|பவுண்ட்*|پاؤنڈ|파운드|bảng|bảng anh|lire|paun|pauni"),
    (either(&["CHF"]), "chf|sfr|sfr.|fr.|franken|瑞郎|瑞士法郎|スイスフラン|francos suizos|francs suisses|franchi svizzeri"),
    (after(FRANCS), "franc|francs|франк*|franchi|francos|faranga|فرنك"),
    (either(CFA), "fcfa|f cfa|cfa|xof|francs cfa|franc cfa|f.cfa|francos cfa|西非法郎|فرنك أفريقي"),
    (either(&["XAF"]), "xaf"),
    (careful(CFA, Side::After, Care::Home), "f"),
    (either(CROWNS), "kr|kr.|kronor|kroner|krone|kronen|krona|krónur|korun*|koruna|крон*|coroane|coronas|couronnes|corone|coroas|克朗|クローネ|크로네|kron*|โครน|โครนา|kurona|króna"),
    (either(&["SEK"]), "sek|瑞典克朗"),
    (either(&["NOK"]), "nok|挪威克朗"),
    (either(&["DKK"]), "dkk|丹麦克朗"),
    (either(&["ISK"]), "isk"),
    (either(&["PLN"]), "pln|zł|zl|zloty*|złot*|злот*|зл|зл.|兹罗提|즈워티"),
    (either(&["CZK"]), "czk|kč"),
    (either(&["HUF"]), "huf|ft|forint*"),
    (either(LEI), "lei|de lei|leu|лей|леев|леїв"),
    (either(&["RON"]), "lei ron"),
    (careful(&["RON"], Side::Either, Care::Home), "ron"),
    (either(&["MDL"]), "mdl|lei moldovenești"),
    (either(&["BGN"]), "bgn|лв|лв.|лева|leva"),
    (either(&["RSD"]), "rsd|din."),
    (either(&["BAM"]), "bam|km."),
    (either(&["UAH"]), "uah|₴|грн|грн.|гривн*|гривен*|hryvnia*|hryvnias"),
    (either(&["RUB"]), "rub|₽|руб|руб.|рубл*|ruble*|rubles|rublos|卢布|rubl*|루블"),
    (careful(&["RUB"], Side::After, Care::Touch), "р|р."),
    (either(&["BYN"]), "byn|бел. руб|бел.руб.|бел. руб.|белорусских рублей"),
    // Central Asia and the Caucasus
    (either(&["KZT"]), "kzt|₸|тенге*|теңге*|тг|тг.|tenge|坚戈"),
    (either(&["UZS"]), "uzs|so'm*|som*|soʻm*|сўм*|сум|сумов|сума"),
    (after(&["KGS", "UZS"]), "сом*|сомов|сомдан"),
    (either(&["KGS"]), "kgs|кгс"),
    (either(&["TJS"]), "tjs|сомони|somoni"),
    (after(&["AZN", "TMT"]), "manat*|манат*|azn|₼"),
    (either(&["GEL"]), "₾|лари|lari"),
    (careful(&["GEL"], Side::Either, Care::Home), "gel"),
    (either(&["AMD"]), "֏|драм*|dram"),
    // Africa
    (either(&["KES"]), "kes|kes.|ksh|ksh.|kshs|kshs.|kenyan shillings|k.sh|肯尼亚先令"),
    (either(&["TZS"]), "tzs|tsh|tsh.|tshs|tanzanian shillings"),
    (either(&["UGX"]), "ugx|ush|ush.|ushs|shs ug|ugandan shillings"),
    (either(SHILLINGS), "shilling*|shillings|shilingi|sh|sh.|shs|ሽልንግ|/=|/-|silingi"),
    (either(&["RWF"]), "rwf|frw|rfw"),
    (either(&["BIF"]), "bif|fbu"),
    (either(&["ETB"]), "etb|ብር|birr|br.|比尔"),
    (either(&["NGN"]), "ngn|₦|naira|奈拉"),
    (careful(&["NGN"], Side::Before, Care::TouchAndHome), "n"),
    (either(&["GHS"]), "ghs|gh₵|₵|ghc|gh¢|cedi|cedis"),
    (either(&["ZAR"]), "zar|rand|rands|randi"),
    (careful(&["ZAR", "NAD"], Side::Before, Care::TouchAndHome), "r"),
    (either(&["ZMW"]), "zmw|zambian kwacha"),
    (after(&["ZMW", "MWK"]), "kwacha"),
    (either(&["MWK"]), "mwk|mk"),
    (either(&["BWP"]), "bwp|pula"),
    (either(&["MZN"]), "mzn|meticais|metical"),
    (either(&["AOA"]), "aoa|kwanzas|kwanza"),
    (either(&["MGA"]), "mga|ariary"),
    (careful(&["MGA"], Side::Either, Care::Home), "ar"),
    (either(&["MUR"]), "mur"),
    (either(&["GMD"]), "gmd|dalasi|dalasis"),
    (either(&["SLE"]), "sle|leones|nle"),
    (either(&["CDF"]), "cdf|francs congolais|franc congolais"),
    (either(&["GNF"]), "gnf|francs guinéens|fg"),
    (either(&["SOS"]), "so.sh|so.sh."),
    (either(&["MAD"]), "د.م|دراهم مغربية|dirhams marocains|derham*"),
    (careful(&["MAD"], Side::Either, Care::Home), "mad"),
    (either(&["TND"]), "tnd|د.ت|dinars tunisiens|دينار تونسي"),
    (careful(&["TND"], Side::After, Care::Home), "dt"),
    (either(&["DZD"]), "dzd|د.ج|دج|dinars algériens|دينار جزائري"),
    (careful(&["DZD"], Side::After, Care::Home), "da"),
    (either(&["LYD"]), "lyd|د.ل|دينار ليبي"),
    // The Americas
    (either(&["BRL"]), "brl|r$|reais|reau|conto|contos|雷亚尔|reales brasileños|레알"),
    (either(&["ARS"]), "ars|ar$|ars$|pesos argentinos"),
    (either(&["CLP"]), "clp|clp$|pesos chilenos"),
    (either(&["COP"]), "cop$|pesos colombianos|col$"),
    (careful(&["COP"], Side::Either, Care::Home), "cop"),
    (either(&["PEN"]), "s/|s/.|soles|nuevos soles"),
    (careful(&["PEN"], Side::Either, Care::Home), "pen"),
    (either(&["BOB"]), "bolivianos|bs.|bs"),
    (either(&["UYU"]), "uyu|pesos uruguayos"),
    (either(&["PYG"]), "pyg|guaraníes|guaranies|₲|gs."),
    (either(&["DOP"]), "dop|rd$|pesos dominicanos"),
    (either(&["VES"]), "ves|bolívares|bolivares"),
    (either(&["CRC"]), "crc|colones|₡"),
    (either(&["GTQ"]), "gtq|quetzales"),
    (either(&["HNL"]), "hnl|lempiras"),
    (either(&["NIO"]), "nio|córdobas"),
    (either(&["CUP"]), "pesos cubanos"),
];
