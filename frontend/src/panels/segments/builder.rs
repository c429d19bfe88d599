//! The tree while it is built, shared by all its parts on the screen.

use std::collections::HashMap;

use leptos::prelude::*;
use model::{Change, Condition, Explained, FieldFault, ListQuery, SegmentRule};

use super::ask::Ask;
use crate::browser::{focus, timer};
use crate::calls;
use crate::i18n::segments::Names;
use crate::live::Live;
use crate::state::segment_tree::{Node, NodeId, SegmentTree};

/// The tree with what belongs to it.
#[derive(Clone, Copy)]
pub(super) struct Builder {
    tree: RwSignal<SegmentTree>,
    /// The names of what conditions call by id, and what there is to choose from.
    pub names: Signal<Names>,
    /// Places that are not complete, by path.
    pub faults: RwSignal<HashMap<String, FieldFault>>,
    /// What came out at each place for the contact that is explained.
    pub explained: RwSignal<Option<Explained>>,
}

impl Builder {
    /// Begins with a rule.
    pub fn new(rule: &SegmentRule) -> Self {
        Self {
            tree: RwSignal::new(SegmentTree::read(rule)),
            names: names(),
            faults: RwSignal::new(HashMap::new()),
            explained: RwSignal::new(None),
        }
    }

    /// The rule, subscribing to changes.
    pub fn rule(self) -> SegmentRule {
        self.tree.with(SegmentTree::rule)
    }

    /// The outermost group.
    pub fn root(self) -> NodeId {
        self.tree.with_untracked(|it| it.root().id)
    }

    /// A place, subscribing to changes.
    pub fn node(self, id: NodeId) -> Option<Node> {
        self.tree.with(|it| it.get(id).cloned())
    }

    /// What is inside a group, subscribing to changes.
    pub fn inside(self, id: NodeId) -> Vec<NodeId> {
        self.tree.with(|it| it.inside(id))
    }

    /// Whether something is missing at a place, subscribing to changes.
    pub fn fault(self, id: NodeId) -> Option<FieldFault> {
        let path = self.tree.with(|it| it.path(id))?;
        self.faults.with(|it| it.get(&path).cloned())
    }

    /// Whether a place holds of the contact that is explained, subscribing to changes.
    pub fn holds(self, id: NodeId) -> Option<bool> {
        self.explained.with(|explained| self.tree.with(|tree| tree.holds(id, explained.as_ref()?)))
    }

    /// Changes the tree; an explanation of the former one goes.
    pub fn change(self, change: impl FnOnce(&mut SegmentTree)) {
        self.explained.set(None);
        self.tree.update(change);
    }

    /// Adds a condition to a group and puts the keyboard on it.
    pub fn add_condition(self, group: NodeId) {
        let mut added = None;
        self.change(|it| added = Some(it.add_condition(group, Ask::Kind.begin(&[]))));
        self.focus(added);
    }

    /// Adds a group to a group and puts the keyboard into it.
    pub fn add_group(self, group: NodeId) {
        let mut added = None;
        self.change(|it| added = Some(it.add_group(group, Ask::Kind.begin(&[]))));
        self.focus(added);
    }

    /// Copies a place and puts the keyboard on the copy.
    pub fn duplicate(self, id: NodeId) {
        let mut copied = None;
        self.change(|it| copied = it.duplicate(id));
        self.focus(copied);
    }

    /// Puts another condition at a place.
    pub fn set(self, id: NodeId, condition: Condition) {
        self.change(|it| it.set_condition(id, condition));
    }

    fn focus(self, id: Option<NodeId>) {
        if let Some(id) = id {
            timer::after(0, move || {
                focus::set_first(&format!("#rule-{id} select"));
            });
        }
    }
}

/// Asks for what conditions can call by name.
fn names() -> Signal<Names> {
    let live = Live::find();
    let tags = calls::ask(|| (), |()| app::contacts::list_tags(String::new()));
    let owners = calls::ask(|| (), |()| app::contacts::list_owners());
    let fields = calls::ask(|| (), |()| app::fields::list_fields());
    let lists = calls::ask(move || live.version(Change::Lists), |_| app::recipient_lists::list_lists(ListQuery::default()));
    Memo::new(move |_| Names {
        tags: tags.get().unwrap_or_default().into_iter().map(|it| (it.id, it.name)).collect(),
        owners: owners.get().unwrap_or_default(),
        lists: lists.get().map(|it| it.rows.into_iter().map(|it| (it.id, it.name)).collect()).unwrap_or_default(),
        fields: fields.get().unwrap_or_default(),
    })
    .into()
}
