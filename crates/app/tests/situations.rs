//! What a pasted text is taken for: an offer, a call of somebody who is held, or too little to judge. The texts are
//! invented; they say what people in scam centres, their families, recruiters and newspapers are known to write.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::sync::LazyLock;

use forewarn_app::Engine;
use forewarn_app::advice::{Advice, Catalogue, Directory, Situation};
use forewarn_app::report::check::advise;

static ENGINE: LazyLock<Engine> = LazyLock::new(|| Engine::builtin().unwrap());

fn advice(text: &str) -> Advice {
    let english = Catalogue::english().unwrap();
    advise(&ENGINE, &Directory::builtin().unwrap(), text, None, None, |_| &english).unwrap().advice
}

#[track_caller]
fn check(texts: &[&str], expected: Situation) {
    let told = |text: &&str| {
        let advice = advice(text);
        let signs: Vec<_> =
            advice.signs.iter().map(|sign| (sign.name.to_string(), sign.passages.clone())).collect();
        (advice.situation != expected).then(|| format!("{:?}: {text}\n    {signs:?}", advice.situation))
    };
    let wrong: Vec<String> = texts.iter().filter_map(told).collect();
    assert!(wrong.is_empty(), "not {expected:?}:\n{}", wrong.join("\n"));
}

#[test]
fn who_is_held_is_not_answered_as_if_they_had_an_offer() {
    check(
        &[
            // English
            "I am in KK Park, they took my passport and they beat me, they want 5000 USD to let me go. help",
            "we are locked in a building in myawaddy and they wont let us leave. please rescue us",
            "My son went to Thailand for a job and now he is being held in a compound. They want money to release him.",
            "They force me to scam people every day, I cant leave this place",
            "My brother is trapped in Myanmar. He says they beat him every day and took his phone.",
            "My husband was sold to another company in Cambodia, they ask my family to pay a ransom",
            "If I don't reach the target the boss will torture me. I was kidnapped here",
            "They said I must work off the debt. I want to go home. Help me escape please",
            // Spanish
            "Estoy en KK Park, me quitaron el pasaporte y me golpean, quieren 5000 dólares para dejarme ir. Ayuda",
            "Mi hijo está retenido en Myanmar y piden rescate, le pegan",
            "no me dejan salir, me obligan a estafar a la gente, por favor sáquenme de aquí",
            // French
            "Je suis à KK Park, ils ont pris mon passeport et ils me frappent, ils veulent 5000 dollars pour me laisser partir. Aidez-moi",
            "Mon fils est retenu dans un complexe au Cambodge, ils demandent une rançon",
            "Ils nous forcent à escroquer les gens et nous ne pouvons pas sortir d'ici",
            "on m’a vendu à une autre entreprise, ils m’ont frappé, sauvez-moi",
            // Portuguese
            "Estou preso num complexo em Mianmar, tomaram meu passaporte e me batem, querem 5000 dólares para me soltar. Socorro",
            "Meu filho foi para o Camboja trabalhar e agora está preso lá, exigem resgate",
            "não me deixam sair daqui e me obrigam a aplicar golpes",
            // Chinese
            "我在KK园区，他们收走了我的护照，还打我，要5000美元才放我走。救命",
            "我儿子被骗到缅甸，被关在园区里，对方要赎金",
            "我們被關在園區，不讓我們離開，每天被逼騙人，救救我們",
            "我弟弟在柬埔寨被打，要交十万才放人，怎么办",
            // Indonesian
            "Saya di KK Park, mereka mengambil paspor saya dan memukuli saya, minta 5000 USD agar saya dilepaskan. tolong",
            "Anak saya disekap di Kamboja, kami diminta tebusan",
            "kami dipaksa menipu orang dan tidak boleh keluar dari sini",
            // Malay
            "Saya dikurung di Myanmar, pasport saya dirampas dan saya dipukul setiap hari. Tolong selamatkan saya",
            "Anak saya ditipu kerja di Kemboja, sekarang mereka minta wang tebusan",
            // Vietnamese
            "Em đang bị nhốt ở Campuchia, họ lấy hộ chiếu của em và đánh em, đòi 5000 đô mới thả. Cứu em với",
            "Con trai tôi bị lừa sang Myanmar, bọn chúng đòi tiền chuộc",
            "họ ép tôi lừa đảo, không cho tôi về nhà",
            // Thai
            "หนูอยู่ที่ KK Park เขายึดพาสปอร์ตและทำร้ายหนู ต้องจ่าย 5000 ดอลลาร์ถึงจะปล่อย ช่วยด้วย",
            "ลูกชายถูกหลอกไปทำงานที่เมียวดี ถูกขังและถูกซ้อม",
            "ผมถูกบังคับให้หลอกลวงคน หนีออกไม่ได้",
            // Tagalog
            "Nasa KK Park po ako, kinuha nila ang passport ko at binubugbog nila ako, humihingi ng 5000 USD para pauwiin ako. Tulong",
            "Nakakulong po kami dito sa Myanmar, ayaw kaming pauwiin, iligtas niyo po kami",
            "Ang kapatid ko ay sinasaktan at hindi pinapauwi, humihingi sila ng pantubos",
            // Hindi
            "मैं केके पार्क में हूँ, उन्होंने मेरा पासपोर्ट ले लिया और मुझे मारते हैं, छोड़ने के लिए 5000 डॉलर मांग रहे हैं। मदद करो",
            "मेरा भाई म्यांमार में फंस गया है, उसको बंधक बना रखा है, फिरौती मांग रहे हैं",
            "main myanmar me hu, mujhe bahar nahi jane dete aur mujhe marte hai, please bachao",
            // Bengali
            "আমি কেকে পার্কে আছি, তারা আমার পাসপোর্ট নিয়ে নিয়েছে এবং আমাকে মারধর করে, ছেড়ে দিতে ৫০০০ ডলার চায়। আমাকে বাঁচান",
            "আমার ভাইকে মিয়ানমারে আটকে রেখেছে, মুক্তিপণ চাচ্ছে",
            // Urdu
            "میں کے کے پارک میں ہوں، انہوں نے میرا پاسپورٹ لے لیا ہے اور مجھے مارتے ہیں، چھوڑنے کے لیے 5000 ڈالر مانگ رہے ہیں",
            "میرے بھائی کو میانمار میں قید کر رکھا ہے اور تاوان مانگ رہے ہیں، اسے بچا لیں",
            // Swahili
            "Niko KK Park, wamechukua pasipoti yangu na wananipiga, wanataka dola 5000 waniachilie. Nisaidieni",
            "Mwanangu amezuiliwa Myanmar na wanamtesa, wanataka fidia",
            "tumefungiwa ndani na tunalazimishwa kutapeli watu, tuokoeni",
            // Arabic
            "أنا في كي كي بارك، أخذوا جواز سفري ويضربونني ويريدون 5000 دولار ليتركوني أرحل. ساعدوني",
            "ابني محتجز في ميانمار ويطلبون فدية من عائلتي",
            "يجبروننا على الاحتيال ولا يسمحون لنا بالخروج، أنقذونا",
            // Russian
            "Я в KK Park, у меня забрали паспорт, меня бьют и требуют 5000 долларов, чтобы отпустить. Помогите",
            "Моего сына держат в Мьянме и требуют выкуп",
            "нас заставляют обманывать людей и не выпускают, спасите нас",
            // German, Japanese, Korean, Burmese, Nepali
            "Ich werde in Myanmar festgehalten, sie haben mir den Pass abgenommen und sie schlagen mich",
            "息子がミャンマーで監禁され、身代金を要求されています",
            "저는 미얀마에 갇혀 있어요, 그들이 여권을 빼앗고 때려요. 살려주세요",
            "ကျွန်တော့်ကို ဝင်းထဲမှာ ပိတ်ထားတယ်၊ ရိုက်တယ်၊ ကယ်ပါ",
            "मेरो भाइलाई म्यानमारमा बन्धक बनाएका छन्, फिरौती मागिरहेका छन्",
            "my daughter hasn't called since she went to Cambodia for a job, she said she cannot leave the building",
            // Papers alone decide where the text names a known hub.
            "They took my passport and my phone. I am in KK Park.",
        ],
        Situation::Held,
    );
}

#[test]
fn an_offer_that_threatens_nothing_stays_an_offer() {
    check(
        &[
            "Customer service in Poipet, Cambodia: 3,500 USD, no experience. We pay the flight, your passport is kept by the company. Telegram only. Start this week!",
            "Chat agents wanted in Mae Sot. Phones stay at the gate during shifts, leaving the compound only with permission, passport is kept by HR for safety.",
            "If you leave before one year you pay back 2,000 USD for the ticket and the training. Housing free, salary 1,500 USD, no experience needed.",
            "Help me find a job please, I have experience as a cook and I can start next week anywhere in Dubai or Qatar. My passport is with me.",
            "The agent took my passport for the visa, is that normal? The job is in a hotel in Doha, 1,200 USD a month, with contract.",
            "No one will beat you, nobody is locked in, you can leave whenever you want! Customer service, Cambodia, 2,000 dollars, flight paid.",
            "We will not let you down: join our team in Manila. We help you save money and get out of debt, call me on 0900 000 000.",
            "Our prices beat the market! Sales agents wanted in Nairobi, commission, training paid, apply at the office with your certificates.",
            "柬埔寨招聘客服，包机票包吃住，月薪两万，护照由公司统一保管，封闭式管理，不打人不限制自由，有意请打我电话。",
            "克拉克园区招面点师，公司办好工签，机票先垫，从前三个月工资里扣，中途不干的需接手公司出转让费才能放人，住员工楼。",
            "诚聘打字员，提前离职需要赔付机票，培训后上岗，包吃住，请加微信详谈，护照由公司保管，工资每月结算。",
            "Se busca personal para atención al cliente en Dubái. El pasaporte queda en la empresa, alojamiento gratis, billete pagado, 2000 dólares.",
            "Recrutons agents de saisie au Cambodge, billet payé, logement gratuit, le passeport est gardé par la société, 2500 dollars.",
            "Dicari operator di Kamboja, tiket ditanggung, paspor dipegang perusahaan, tidak boleh keluar tanpa izin, gaji 15 juta.",
            "Tuyển nhân viên đánh máy tại Campuchia, bao ăn ở, công ty giữ hộ chiếu, lương 25 triệu, không được ra ngoài khi chưa xin phép.",
            "รับสมัครแอดมินตอบแชท ปอยเปต เงินเดือน 40,000 บาท ที่พักฟรี บริษัทเก็บพาสปอร์ต ห้ามออกนอกตึก",
            "Hiring CSR sa Cambodia, libre ang ticket at tirahan, hawak ng company ang passport, 60k ang sahod, walang experience okay lang.",
            "मलेशिया में काम, वेतन 80,000 रुपये, टिकट फ्री, पासपोर्ट कंपनी के पास रहेगा, अनुभव नहीं चाहिए, जल्दी संपर्क करें",
            "مطلوب موظفين دردشة في تايلاند، السكن مجانا والتذكرة علينا، جواز السفر يبقى لدى الشركة، راتب 2000 دولار",
            "Требуются операторы чата в Таиланд, билет за наш счёт, жильё бесплатно, паспорт хранится у администратора, 2000 долларов.",
            "Nafasi za kazi Thailand, tiketi tunalipa, malazi bure, pasipoti inakaa na kampuni, mshahara dola 1500, hakuna uzoefu unaohitajika.",
            "Precisa-se de digitadores no Camboja, passagem paga, moradia grátis, passaportes ficam com a empresa, 2000 dólares por mês.",
        ],
        Situation::Offer,
    );
}

#[test]
fn news_about_people_who_were_held_is_no_call_for_help() {
    check(
        &[
            "Police said on Monday that 260 people were freed from a compound in Myawaddy. “They beat me every day and took my passport,” one of them told reporters. Families had been asked for ransoms of up to 10,000 dollars.",
            "Two men who were held in a scam centre in Sihanoukville were beaten and forced to cheat people online, according to the ministry. Their families paid 5,000 dollars for their release.",
            "警方通报，三名男子被骗到缅甸后遭殴打，家属被要求支付赎金。记者了解到，“他们打我，不放我走”，一名受害人说。",
            "Según informó la policía, los jóvenes fueron retenidos y golpeados. “Me quitaron el pasaporte y me golpeaban”, relató uno de ellos a los medios.",
            "La police a déclaré que douze personnes avaient été retenues et battues. « Ils m’ont frappé », raconte l’une d’elles.",
            "Polisi mengatakan para korban disekap dan disiksa di Kamboja, lalu keluarganya dimintai uang. Mereka dipulangkan pada hari Senin.",
            "Cơ quan công an cho biết các nạn nhân bị nhốt và đánh đập, gia đình phải trả 5000 USD, vụ án đang được điều tra.",
        ],
        Situation::Offer,
    );
}

#[test]
fn too_little_is_not_judged() {
    check(
        &["", " \n", "hello", "😀😀😀", "job?", "你好", "مرحبا", "สวัสดี", "Is this safe?", "नमस्ते"],
        Situation::TooShort,
    );
    check(
        &["Poipet, chat work, free ticket, no experience", "柬埔寨客服，包机票，护照公司保管"],
        Situation::Offer,
    );
}

#[test]
fn who_is_held_is_told_what_to_do_there_and_nothing_about_an_offer() {
    let advice = advice(
        "I am in KK Park, they took my passport and they beat me, they want 5000 USD to let me go. help",
    );
    let names: Vec<&str> = advice.signs.iter().map(|sign| sign.name.as_str()).collect();
    assert_eq!(names, ["held_beaten", "held_papers", "held_ransom"]);
    assert!(advice.signs.iter().all(|sign| sign.ask.is_none() && !sign.passages.is_empty()));
    assert!(advice.before.is_empty() && advice.notes.is_empty() && advice.there.len() == 6);
    assert_eq!(advice.help[0].country.as_ref().unwrap().1, "Myanmar");
    assert!(!advice.sentence.contains("offer") && !advice.what_to_do.contains("travel"));
}
