use content::blocks::{Button, Spacer, Text, check};
use model::{Language, MergeField, MergeKind};

use super::*;

fn edit(ids: &[u32]) -> BlocksEdit {
    let blocks = ids.iter().map(|id| Block { id: *id, is: Kind::Divider }).collect();
    BlocksEdit { document: Document { blocks, ..Document::default() }, past: Vec::new(), future: Vec::new(), touched: None }
}

/// Blocks 1 and 2, columns 3 with 4 and 5 in the first and 6 in the second, block 7.
fn columns() -> BlocksEdit {
    let mut edit = edit(&[1, 2, 3, 7]);
    let block = |id| Block { id, is: Kind::Divider };
    edit.document.blocks[2].is =
        Kind::Columns(Columns { columns: vec![vec![block(4), block(5)], vec![block(6)]], ..Columns::default() });
    edit
}

/// The numbers of all blocks; those in columns in brackets.
fn order(edit: &BlocksEdit) -> String {
    let numbers = |it: &[Block]| it.iter().map(|it| it.id.to_string()).collect::<Vec<_>>().join(" ");
    let block = |it: &Block| {
        let inside: String = it.columns().iter().map(|it| format!("[{}]", numbers(it))).collect();
        format!("{}{inside}", it.id)
    };
    edit.document.blocks.iter().map(block).collect::<Vec<_>>().join(" ")
}

const TOP: fn(usize) -> Place = |at| Place { inside: None, at };

#[test]
fn a_block_is_moved_among_its_siblings() {
    let mut edit = edit(&[1, 2, 3]);
    assert!(edit.step(3, Step::Up) && edit.step(1, Step::Down));
    assert_eq!(order(&edit), "3 1 2");
    assert!(!edit.step(3, Step::Up) && !edit.step(2, Step::Down) && !edit.step(9, Step::Up));
    assert_eq!(order(&edit), "3 1 2");
}

#[test]
fn a_block_goes_into_columns_through_them_and_out() {
    let mut edit = columns();
    assert!(edit.step(2, Step::In));
    assert_eq!(order(&edit), "1 3[2 4 5][6] 7");
    assert!(edit.step(2, Step::Right));
    assert_eq!(order(&edit), "1 3[4 5][2 6] 7");
    assert!(!edit.step(2, Step::Right));
    assert!(edit.step(2, Step::Down) && edit.step(2, Step::Left));
    assert_eq!(order(&edit), "1 3[4 2 5][6] 7");
    assert!(edit.step(2, Step::Out));
    assert_eq!(order(&edit), "1 3[4 5][6] 2 7");
    assert!(edit.step(2, Step::In));
    assert_eq!(order(&edit), "1 3[4 5 2][6] 7");
}

#[test]
fn columns_never_go_into_columns() {
    let mut edit = columns();
    assert!(!edit.put(3, Place { inside: Some((3, 0)), at: 0 }));
    let second = edit.add(
        Kind::Columns(Columns { columns: vec![vec![], vec![]], ..Columns::default() }),
        Place { inside: Some((3, 1)), at: 0 },
    );
    assert_eq!(order(&edit), format!("1 2 3[4 5][6] {second}[][] 7"));
    assert!(!edit.steps(second).contains(&Step::In));
}

#[test]
fn a_dragged_block_lands_where_it_was_dropped() {
    for (place, expected) in [
        (TOP(0), "1 2 3[4 5][6] 7"),
        (TOP(1), "1 2 3[4 5][6] 7"),
        (TOP(2), "2 1 3[4 5][6] 7"),
        (TOP(4), "2 3[4 5][6] 7 1"),
        (Place { inside: Some((3, 0)), at: 2 }, "2 3[4 5 1][6] 7"),
        (Place { inside: Some((3, 1)), at: 9 }, "2 3[4 5][6 1] 7"),
    ] {
        let mut edit = columns();
        let moved = edit.put(1, place);
        assert_eq!((order(&edit).as_str(), moved), (expected, expected != "1 2 3[4 5][6] 7"), "{place:?}");
    }
    let mut edit = columns();
    edit.put(4, Place { inside: Some((3, 0)), at: 2 });
    assert_eq!(order(&edit), "1 2 3[5 4][6] 7");
}

#[test]
fn a_copy_stands_behind_its_original_with_numbers_of_its_own() {
    let mut edit = columns();
    assert_eq!(edit.duplicate(3), Some(8));
    assert_eq!(order(&edit), "1 2 3[4 5][6] 8[9 10][11] 7");
    assert_eq!(edit.duplicate(6), Some(12));
    assert_eq!(order(&edit), "1 2 3[4 5][6 12] 8[9 10][11] 7");
}

#[test]
fn after_a_removal_the_neighbour_is_chosen() {
    let mut edit = columns();
    assert_eq!(edit.remove(1), Some(2));
    assert_eq!(edit.remove(7), Some(3));
    assert_eq!(edit.remove(6), Some(3));
    assert_eq!(edit.remove(4), Some(5));
    assert_eq!(order(&edit), "2 3[5][]");
}

#[test]
fn every_change_can_be_taken_back_and_done_again() {
    let mut edit = columns();
    let before = edit.document.clone();
    edit.step(2, Step::In);
    edit.remove(4);
    edit.duplicate(3);
    edit.set_theme(Theme { width: 700, ..Theme::default() });
    let after = edit.document.clone();
    for _ in 0..4 {
        edit.undo();
    }
    assert_eq!((&edit.document, edit.can_undo(), edit.can_redo()), (&before, false, true));
    for _ in 0..4 {
        edit.redo();
    }
    assert_eq!((&edit.document, edit.can_redo()), (&after, false));
    edit.undo();
    edit.add(Kind::Divider, TOP(0));
    assert!(!edit.can_redo());
}

#[test]
fn words_typed_into_one_block_are_taken_back_together() {
    let mut edit = edit(&[1, 2]);
    for label in ["O", "Ot", "Otv"] {
        edit.set(1, Kind::Button(Button { label: label.into(), ..Button::default() }));
    }
    edit.set(2, Kind::Spacer(Spacer { height: 30 }));
    edit.rest();
    edit.set(2, Kind::Spacer(Spacer { height: 40 }));
    edit.undo();
    assert_eq!(edit.get(2).map(|it| it.is.clone()), Some(Kind::Spacer(Spacer { height: 30 })));
    edit.undo();
    edit.undo();
    assert_eq!((edit.get(1).map(|it| it.is.clone()), edit.can_undo()), (Some(Kind::Divider), false));
}

#[test]
fn fewer_columns_keep_all_blocks() {
    let mut edit = columns();
    edit.set_columns(3, 3);
    edit.put(7, Place { inside: Some((3, 2)), at: 0 });
    assert_eq!(order(&edit), "1 2 3[4 5][6][7]");
    edit.set_columns(3, 2);
    assert_eq!(order(&edit), "1 2 3[4 5][6 7]");
}

#[test]
fn a_fault_leads_to_its_block() {
    let edit = columns();
    assert_eq!(
        [edit.at(&[1]), edit.at(&[2, 0, 1]), edit.at(&[2, 1, 0]), edit.at(&[9]), edit.at(&[])],
        [Some(2), Some(5), Some(6), None, None]
    );
}

#[test]
fn what_others_stored_is_taken_over_and_can_be_taken_back() {
    let mut edit = edit(&[1]);
    edit.follow(r#"{"version":1,"blocks":[]}"#);
    assert_eq!(order(&edit), "");
    edit.follow("nonsense");
    edit.undo();
    assert_eq!(order(&edit), "1");
    assert!(BlocksEdit::read("").is_ok_and(|it| it.document().blocks.is_empty()));
}

fn catalogue() -> Vec<MergeField> {
    let field = |path: &str, kind| MergeField { path: path.into(), label: format!("<{path}>"), kind, ..MergeField::default() };
    let items = MergeField {
        rows: vec![field("name", MergeKind::Text), field("price", MergeKind::Money)],
        ..field("order.items", MergeKind::Collection)
    };
    vec![
        field("company.name", MergeKind::Text),
        field("company.phone", MergeKind::Text),
        field("company.iban", MergeKind::Text),
        field("order.number", MergeKind::Text),
        field("order.total", MergeKind::Money),
        items,
    ]
}

#[test]
fn new_blocks_begin_with_the_fields_there_are() {
    let fresh = |sort| fresh(sort, &catalogue(), Language::Cs);
    let Kind::Items(items) = fresh(Sort::Items) else { panic!() };
    assert_eq!((items.list.as_str(), items.columns.len(), items.columns[1].field.as_str()), ("order.items", 2, "price"));
    let Kind::Payment(payment) = fresh(Sort::Payment) else { panic!() };
    assert_eq!((payment.standard, payment.amount.as_str()), (content::payment::Standard::Spayd, "order.total"));
    assert_eq!(payment.variable, "{{ order.number }}");
    assert_eq!(company(&catalogue()).lines, "<p>{{ company.name }}{% if company.phone %} · {{ company.phone }}{% endif %}</p>");
    assert_eq!(company(&[]), Company::default());
}

#[test]
fn most_new_blocks_need_nothing_more() {
    for sort in Sort::ALL {
        let is = fresh(sort, &catalogue(), Language::Sk);
        assert_eq!(Sort::of(&is), sort);
        let needs_more = matches!(sort, Sort::Picture | Sort::Button);
        let document = Document { blocks: vec![Block { id: 1, is }], ..Document::default() };
        assert_eq!(check(&document).is_empty(), !needs_more, "{sort:?}");
    }
    assert_eq!(fresh(Sort::Text, &[], Language::En), Kind::Text(Text::default()));
}
