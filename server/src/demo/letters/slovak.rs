//! Letters in Slovak.

use super::Kind;

pub(super) const PRODUCTS: [&str; 10] = [
    "Kuchynská linka z jaseňa",
    "Jedálenský stôl Rozsutec, 220 × 95 cm",
    "Vstavaná skriňa do predsiene",
    "Posteľ Orava, 180 × 200 cm",
    "Knižnica na mieru",
    "Obklad schodiska",
    "Lavica do predsiene",
    "Detská posteľ Javorka",
    "Recepčný pult",
    "Policový systém do predajne",
];

pub(super) const KINDS: [Kind; 12] = [
    Kind {
        subject: "Faktúra č. {number}",
        body: "v prílohe Vám posielame faktúru č. {number} na sumu {amount}.\n\nPredmet: {product}\nSplatnosť: {due}\n\n\
               Ďakujeme, že ste si vybrali našu dielňu.",
        document: Some("Faktúra {number}"),
        weight: 9,
    },
    Kind {
        subject: "Potvrdenie objednávky č. {number}",
        body: "ďakujeme za objednávku, ktorú sme prijali {date}. Do výroby ju zaradíme hneď, ako nám potvrdíte rozmery v prílohe.\n\n\
               Predmet: {product}\nCena: {amount}\nPredpokladané dodanie: {due}\n\nAk by ste chceli niečo zmeniť, stačí odpovedať na túto správu.",
        document: Some("Objednávka {number}"),
        weight: 7,
    },
    Kind {
        subject: "Cenová ponuka – {product}",
        body: "podľa našej dohody Vám posielame cenovú ponuku č. {number}.\n\nPredmet: {product}\nCena s dopravou a montážou: {amount}\n\
               Ponuka platí do {due}.\n\nRadi Vám ukážeme vzorky dreva a povrchov u nás v dielni.",
        document: Some("Cenová ponuka {number}"),
        weight: 7,
    },
    Kind {
        subject: "Upomienka – faktúra č. {number}",
        body: "podľa našej evidencie sme doteraz neprijali úhradu faktúry č. {number} vo výške {amount}. Prosíme o jej uhradenie do {due}.\n\n\
               Ak ste medzitým zaplatili, považujte túto správu za bezpredmetnú.",
        document: None,
        weight: 4,
    },
    Kind {
        subject: "Termín dodania a montáže",
        body: "Vaša objednávka č. {number} je hotová. Montáž navrhujeme na {due} o {time}, naši montážnici budú potrebovať asi pol dňa.\n\n\
               Predmet: {product}\n\nProsíme, potvrďte nám, či Vám termín vyhovuje.",
        document: None,
        weight: 6,
    },
    Kind {
        subject: "Zameranie priestoru {due}",
        body: "potvrdzujeme zameranie priestoru {due} o {time}. Príde náš technik, vezme si vzorkovník a prejde s Vami umiestnenie zásuviek \
               a osvetlenia.\n\nKeby sa Vám termín nehodil, dajte nám, prosím, vedieť deň vopred.",
        document: None,
        weight: 5,
    },
    Kind {
        subject: "Reklamácia č. {number} – vybavená",
        body: "Vaša reklamácia č. {number} je vybavená: chybný diel sme vyrobili nanovo a vymeníme ho {due} o {time}. Za výmenu nič neplatíte.\n\n\
               Ďakujeme za trpezlivosť a ospravedlňujeme sa za nepríjemnosti.",
        document: None,
        weight: 2,
    },
    Kind {
        subject: "Ďakujeme za úhradu",
        body: "dnes sme prijali úhradu {amount} k faktúre č. {number}. Ďakujeme.\n\nZáručný list a návod na ošetrovanie dreva nájdete pri \
               dodacom liste.",
        document: None,
        weight: 4,
    },
    Kind {
        subject: "Pozvánka na deň otvorenej dielne",
        body: "pozývame Vás na deň otvorenej dielne {due} od {time}. Ukážeme Vám, ako z jaseňovej fošne vznikne stôl, a kto bude chcieť, \
               môže si vyskúšať ručné hobľovanie.\n\nPre deti máme pripravenú stavebnicu, pre dospelých kávu.",
        document: None,
        weight: 3,
    },
    Kind {
        subject: "Otázka k povrchovej úprave",
        body: "pýtali ste sa na rozdiel medzi olejom a lakom. Olej necháva drevo dýchať a drobné škrabance sa dajú opraviť doma, lak je \
               odolnejší v kuchyni. Pre Váš projekt ({product}) odporúčame tvrdý voskový olej.\n\nVzorku Vám radi pošleme.",
        document: None,
        weight: 3,
    },
    Kind {
        subject: "Zmena otváracích hodín",
        body: "od {due} bude naša predajňa otvorená od pondelka do piatku od 8:00 do 17:00, v sobotu po dohode. Dielňa pracuje bez zmeny.",
        document: None,
        weight: 1,
    },
    Kind {
        subject: "Podklady k objednávke č. {number}",
        body: "aby sme mohli začať s výrobou, potrebujeme od Vás ešte presné rozmery výklenku a typ vstavaných spotrebičov. Stačia fotografie \
               s metrom.\n\nPredmet: {product}\n\nAk podklady dostaneme do {due}, dodržíme dohodnutý termín.",
        document: None,
        weight: 4,
    },
];
