use proptest::prelude::*;

use super::Bearer::{Man, Unknown, Woman};
use super::{first_name, guess, last_name};

const MEN: &str = "Jan Jane, Petr Petře, Pavel Pavle, Karel Karle, Josef Josefe, Jiří Jiří, Tomáš Tomáši, Martin Martine, \
    Jaroslav Jaroslave, Miroslav Miroslave, Zdeněk Zdeňku, Václav Václave, Michal Michale, František Františku, Jakub Jakube, \
    Milan Milane, Vladimír Vladimíre, David Davide, Ladislav Ladislave, Lukáš Lukáši, Stanislav Stanislave, Roman Romane, \
    Ondřej Ondřeji, Marek Marku, Radek Radku, Antonín Antoníne, Daniel Danieli, Vojtěch Vojtěchu, Filip Filipe, Adam Adame, \
    Miloslav Miloslave, Matěj Matěji, Aleš Aleši, Dominik Dominiku, Libor Libore, Dušan Dušane, Jiřík Jiříku, Luboš Luboši, \
    Lubomír Lubomíre, Oldřich Oldřichu, Bohumil Bohumile, Vít Víte, Vlastimil Vlastimile, Robert Roberte, Rostislav Rostislave, \
    Ivo Ivo, Hugo Hugo, René René, Igor Igore, Viktor Viktore, Otakar Otakare, Alexandr Alexandře, Samuel Samueli, \
    Gabriel Gabrieli, Michael Michaeli, Felix Felixi, Boris Borisi, Alois Aloisi, Julius Julie, Luděk Luďku, Zbyněk Zbyňku, \
    Čeněk Čeňku, Hynek Hynku, Vašek Vašku, Honza Honzo, Jirka Jirko, Saša Sašo, Přemysl Přemysle, Cyril Cyrile, Erik Eriku, \
    Řehoř Řehoři, Vincenc Vincenci, Lev Lve, Oliver Olivere, Kryštof Kryštofe, Havel Havle, Henry Henry, Ignác Ignáci";

const LAST: &str = "Novák Nováku, Svoboda Svobodo, Novotný Novotný, Dvořák Dvořáku, Černý Černý, Procházka Procházko, \
    Kučera Kučero, Veselý Veselý, Krejčí Krejčí, Horák Horáku, Němec Němče, Pospíšil Pospíšile, Pokorný Pokorný, Hájek Hájku, \
    Jelínek Jelínku, Král Králi, Růžička Růžičko, Beneš Beneši, Fiala Fialo, Sedláček Sedláčku, Doležal Doležale, Zeman Zemane, \
    Kolář Koláři, Navrátil Navrátile, Čermák Čermáku, Urban Urbane, Vaněk Vaňku, Kříž Kříži, Kopecký Kopecký, Vlček Vlčku, \
    Bartoš Bartoši, Musil Musile, Říha Řího, Soukup Soukupe, Machač Machači, Vávra Vávro, Kadlec Kadleče, Moravec Moravče, \
    Hudec Hudče, Švec Ševče, Petrů Petrů, Martinů Martinů, Janků Janků, Purkyně Purkyně, Ševčenko Ševčenko, Müller Müllere, \
    Kubr Kubře, Vlach Vlachu, Čech Čechu, Kohout Kohoute, Přítel Příteli, Anděl Anděli, Orel Orle, Fous Fousi, Mráz Mrázi, \
    Hruboň Hruboni, Novák-Dvořák Nováku-Dvořáku, Doležel Doležele, Sokol Sokole, Ivanov Ivanove, Lek Leku";

const WOMEN: &str = "Jana Jano, Marie Marie, Eva Evo, Hana Hano, Anna Anno, Lenka Lenko, Kateřina Kateřino, Lucie Lucie, \
    Věra Věro, Alena Aleno, Petra Petro, Veronika Veroniko, Jaroslava Jaroslavo, Tereza Terezo, Martina Martino, Alice Alice, \
    Dagmar Dagmar, Ester Ester, Miriam Miriam, Ingrid Ingrid, Karin Karin, Nikol Nikol, Ruth Ruth, Zoe Zoe, Andrea Andreo, \
    Lea Leo, Zdeňka Zdeňko, Zuzana Zuzano, Anežka Anežko, Libuše Libuše, Noemi Noemi, Maja Majo";

fn pairs(table: &str) -> impl Iterator<Item = (&str, &str)> {
    table.split(", ").map(|it| it.trim().split_once(' ').unwrap())
}

#[test]
fn men_are_called_by_their_first_names() {
    for (name, called) in pairs(MEN) {
        assert_eq!(first_name(name, Man), called);
        assert_eq!(first_name(name, Unknown), called);
    }
}

#[test]
fn men_are_called_by_their_last_names() {
    for (name, called) in pairs(LAST) {
        assert_eq!(last_name(name, Man), called);
    }
}

#[test]
fn women_are_called_by_their_first_names_also_when_nobody_said_that_they_are_women() {
    for (name, called) in pairs(WOMEN) {
        assert_eq!(first_name(name, Woman), called);
        assert_eq!(first_name(name, Unknown), called);
    }
}

#[test]
fn last_names_of_women_stay() {
    for name in ["Nováková", "Svobodová", "Veselá", "Krejčí", "Janů", "Novák", "Nováková-Dvořáková", "Tichá"] {
        assert_eq!(last_name(name, Woman), name);
    }
    assert_eq!(last_name("Nováková", Unknown), "Nováková");
    assert_eq!(last_name("Svoboda", Woman), "Svobodo");
}

#[test]
fn the_tables_have_more_than_120_names() {
    assert!(120 < [MEN, LAST, WOMEN].iter().map(|it| pairs(it).count()).sum::<usize>());
}

#[test]
fn several_names_are_taken_one_by_one_and_particles_stay() {
    assert_eq!(first_name("Jan Pavel", Man), "Jane Pavle");
    assert_eq!(first_name("Anna Marie", Woman), "Anno Marie");
    assert_eq!(last_name("von Braun", Man), "von Braune");
    assert_eq!(last_name("Nováková - Malá", Unknown), "Nováková - Malá");
}

#[test]
fn capitals_stay_capitals() {
    assert_eq!(last_name("NOVÁK", Man), "NOVÁKU");
    assert_eq!(first_name("ZDENĚK", Man), "ZDEŇKU");
}

#[test]
fn only_what_is_clear_is_guessed() {
    assert_eq!(guess("Jana", "Nováková"), Woman);
    assert_eq!(guess("Jan", "Novák"), Man);
    assert_eq!(guess("Dagmar", "Krejčí"), Woman);
    assert_eq!(guess("Nikola", "Krejčí"), Unknown);
    assert_eq!(guess("", "Novák"), Unknown);
}

proptest! {
    #[test]
    fn no_text_breaks_the_rules(text in ".{0,30}") {
        first_name(&text, Unknown);
        last_name(&text, Woman);
        guess(&text, &text);
    }
}
