//! The tree while it is built, shared by all its parts on the screen.

use std::collections::HashMap;

use leptos::prelude::*;
use model::{Condition, Explained, FieldFault, SegmentRule};

use super::ask::Ask;
use super::names::names;
use crate::browser::{focus, timer};
use crate::i18n::segments::Names;
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
        let tree = RwSignal::new(SegmentTree::read(rule));
        let lists = Memo::new(move |_| tree.with(|it| it.rule().lists()));
        Self { tree, names: names(lists.into()), faults: RwSignal::new(HashMap::new()), explained: RwSignal::new(None) }
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
