//! The rule of a segment while it is built: groups and conditions that keep their identity while others come and go.

use model::{Condition, Explained, SegmentRule};

/// Tells a place of the tree apart from all others, whatever moves.
pub type NodeId = u32;

/// A group or a condition.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// Which one.
    pub id: NodeId,
    /// Whether it is turned around.
    pub not: bool,
    /// What it is.
    pub kind: NodeKind,
}

/// What stands at a place of the tree.
#[derive(Clone, Debug, PartialEq)]
pub enum NodeKind {
    /// All of these, or at least one of them.
    Group {
        /// Whether one is enough.
        any: bool,
        /// What is inside.
        inside: Vec<Node>,
    },
    /// A condition.
    Condition(Condition),
}

/// The whole rule.
#[derive(Clone, Debug, PartialEq)]
pub struct SegmentTree {
    root: Node,
    next: NodeId,
}

impl SegmentTree {
    /// The tree of a rule; its root is always a group.
    pub fn read(rule: &SegmentRule) -> Self {
        let mut tree =
            Self { root: Node { id: 0, not: false, kind: NodeKind::Group { any: false, inside: Vec::new() } }, next: 1 };
        let root = tree.node(rule, false);
        tree.root = match root.kind {
            NodeKind::Group { .. } if !root.not => root,
            _ => {
                let id = tree.fresh();
                Node { id, not: false, kind: NodeKind::Group { any: false, inside: vec![root] } }
            }
        };
        tree
    }

    /// The rule of the tree.
    pub fn rule(&self) -> SegmentRule {
        rule(&self.root)
    }

    /// The outermost group.
    pub fn root(&self) -> &Node {
        &self.root
    }

    /// A place of the tree.
    pub fn get(&self, id: NodeId) -> Option<&Node> {
        find(&self.root, id)
    }

    /// The ids of what is inside a group, in its order.
    pub fn inside(&self, id: NodeId) -> Vec<NodeId> {
        match self.get(id).map(|it| &it.kind) {
            Some(NodeKind::Group { inside, .. }) => inside.iter().map(|it| it.id).collect(),
            _ => Vec::new(),
        }
    }

    /// The path by which faults and explanations call a place: `rule.1.0`.
    pub fn path(&self, id: NodeId) -> Option<String> {
        path(&self.root, id, "rule")
    }

    /// Whether a place holds, as an explanation of the whole rule says; a place that is turned around holds when it reads true.
    pub fn holds(&self, id: NodeId, explained: &Explained) -> Option<bool> {
        holds(&self.root, id, explained)
    }

    /// Adds a condition at the end of a group and answers its id.
    pub fn add_condition(&mut self, group: NodeId, condition: Condition) -> NodeId {
        self.add(group, NodeKind::Condition(condition))
    }

    /// Adds a group with one condition at the end of a group and answers its id. It joins its conditions otherwise than the group
    /// around it, for else it would be needless.
    pub fn add_group(&mut self, group: NodeId, condition: Condition) -> NodeId {
        let any = !matches!(self.get(group).map(|it| &it.kind), Some(NodeKind::Group { any: true, .. }));
        let first = self.fresh();
        let inside = vec![Node { id: first, not: false, kind: NodeKind::Condition(condition) }];
        self.add(group, NodeKind::Group { any, inside })
    }

    /// Takes a place with everything inside away; the outermost group stays.
    pub fn remove(&mut self, id: NodeId) {
        if let Some((siblings, at)) = siblings(&mut self.root, id) {
            siblings.remove(at);
        }
    }

    /// Puts a copy behind a place and answers the copy's id.
    pub fn duplicate(&mut self, id: NodeId) -> Option<NodeId> {
        let mut copy = self.get(id)?.clone();
        self.renumber(&mut copy);
        let copied = copy.id;
        let (siblings, at) = siblings(&mut self.root, id)?;
        siblings.insert(at + 1, copy);
        Some(copied)
    }

    /// Moves a place among its neighbours, one up or down.
    pub fn shift(&mut self, id: NodeId, down: bool) {
        if let Some((siblings, at)) = siblings(&mut self.root, id) {
            let to = if down { at + 1 } else { at.wrapping_sub(1) };
            if to < siblings.len() {
                siblings.swap(at, to);
            }
        }
    }

    /// Turns a place around or back.
    pub fn toggle_not(&mut self, id: NodeId) {
        if let Some(node) = find_mut(&mut self.root, id) {
            node.not = !node.not;
        }
    }

    /// Lets one of a group's conditions be enough, or asks for all.
    pub fn set_any(&mut self, id: NodeId, one_is_enough: bool) {
        if let Some(Node { kind: NodeKind::Group { any, .. }, .. }) = find_mut(&mut self.root, id) {
            *any = one_is_enough;
        }
    }

    /// Puts another condition at a place.
    pub fn set_condition(&mut self, id: NodeId, condition: Condition) {
        if let Some(node) = find_mut(&mut self.root, id) {
            node.kind = NodeKind::Condition(condition);
        }
    }

    fn add(&mut self, group: NodeId, kind: NodeKind) -> NodeId {
        let id = self.fresh();
        if let Some(Node { kind: NodeKind::Group { inside, .. }, .. }) = find_mut(&mut self.root, group) {
            inside.push(Node { id, not: false, kind });
        }
        id
    }

    fn fresh(&mut self) -> NodeId {
        self.next += 1;
        self.next - 1
    }

    fn node(&mut self, rule: &SegmentRule, not: bool) -> Node {
        let kind = match rule {
            SegmentRule::Not(rule) => return self.node(rule, !not),
            SegmentRule::Is(condition) => NodeKind::Condition(condition.clone()),
            SegmentRule::All(rules) => self.group(false, rules),
            SegmentRule::Any(rules) => self.group(true, rules),
        };
        Node { id: self.fresh(), not, kind }
    }

    fn group(&mut self, any: bool, rules: &[SegmentRule]) -> NodeKind {
        NodeKind::Group { any, inside: rules.iter().map(|it| self.node(it, false)).collect() }
    }

    fn renumber(&mut self, node: &mut Node) {
        node.id = self.fresh();
        if let NodeKind::Group { inside, .. } = &mut node.kind {
            inside.iter_mut().for_each(|it| self.renumber(it));
        }
    }
}

fn rule(node: &Node) -> SegmentRule {
    let plain = match &node.kind {
        NodeKind::Condition(condition) => SegmentRule::Is(condition.clone()),
        NodeKind::Group { any: false, inside } => SegmentRule::All(inside.iter().map(rule).collect()),
        NodeKind::Group { any: true, inside } => SegmentRule::Any(inside.iter().map(rule).collect()),
    };
    if node.not { SegmentRule::Not(Box::new(plain)) } else { plain }
}

fn find(node: &Node, id: NodeId) -> Option<&Node> {
    if node.id == id {
        return Some(node);
    }
    match &node.kind {
        NodeKind::Group { inside, .. } => inside.iter().find_map(|it| find(it, id)),
        NodeKind::Condition(_) => None,
    }
}

fn find_mut(node: &mut Node, id: NodeId) -> Option<&mut Node> {
    if node.id == id {
        return Some(node);
    }
    match &mut node.kind {
        NodeKind::Group { inside, .. } => inside.iter_mut().find_map(|it| find_mut(it, id)),
        NodeKind::Condition(_) => None,
    }
}

/// The group's contents that a place stands among, and where.
fn siblings(node: &mut Node, id: NodeId) -> Option<(&mut Vec<Node>, usize)> {
    let NodeKind::Group { inside, .. } = &mut node.kind else { return None };
    match inside.iter().position(|it| it.id == id) {
        Some(at) => Some((inside, at)),
        None => inside.iter_mut().find_map(|it| siblings(it, id)),
    }
}

fn holds(node: &Node, id: NodeId, explained: &Explained) -> Option<bool> {
    if node.id == id {
        return Some(explained.holds);
    }
    let plain = if node.not { explained.inside.first()? } else { explained };
    match &node.kind {
        NodeKind::Group { inside, .. } => inside.iter().zip(&plain.inside).find_map(|(it, explained)| holds(it, id, explained)),
        NodeKind::Condition(_) => None,
    }
}

fn path(node: &Node, id: NodeId, here: &str) -> Option<String> {
    if node.id == id {
        return Some(here.to_owned());
    }
    match &node.kind {
        NodeKind::Group { inside, .. } => inside.iter().enumerate().find_map(|(n, it)| path(it, id, &format!("{here}.{n}"))),
        NodeKind::Condition(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use model::{ContactFacts, Fault, Moment, Nature, Refusal};

    use super::*;

    fn is(condition: Condition) -> SegmentRule {
        SegmentRule::Is(condition)
    }

    fn sample() -> SegmentRule {
        SegmentRule::All(vec![
            is(Condition::Nature(Nature::Person)),
            SegmentRule::Not(Box::new(SegmentRule::Any(vec![is(Condition::NoBulk), is(Condition::NoOwner)]))),
        ])
    }

    #[test]
    fn a_rule_that_was_read_is_written_back() {
        for rule in [sample(), SegmentRule::Any(vec![sample()]), SegmentRule::All(Vec::new())] {
            assert_eq!(SegmentTree::read(&rule).rule(), rule);
        }
    }

    #[test]
    fn a_rule_without_a_group_gets_one_around_it() {
        assert_eq!(SegmentTree::read(&is(Condition::NoBulk)).rule(), SegmentRule::All(vec![is(Condition::NoBulk)]));
        let turned = SegmentRule::Not(Box::new(SegmentRule::Any(vec![is(Condition::NoBulk)])));
        assert_eq!(SegmentTree::read(&turned).rule(), SegmentRule::All(vec![turned]));
    }

    #[test]
    fn places_are_called_as_faults_call_them() {
        let mut tree = SegmentTree::read(&sample());
        let group = tree.inside(tree.root().id)[1];
        let added = tree.add_condition(group, Condition::Kind(Vec::new()));
        let path = tree.path(added).unwrap();
        assert_eq!(path, "rule.1.2");
        assert_eq!(tree.rule().check(), Err(Refusal::field(path, Fault::Missing)));
    }

    #[test]
    fn each_place_finds_its_explanation_also_inside_what_is_turned_around() {
        let tree = SegmentTree::read(&sample());
        let explained = tree.rule().explain(&ContactFacts::default(), Moment(0));
        let [person, group] = tree.inside(tree.root().id)[..] else { panic!("two places") };
        let [no_bulk, no_owner] = tree.inside(group)[..] else { panic!("two places") };
        let holds = |id| tree.holds(id, &explained).unwrap();
        assert_eq!([person, group, no_bulk, no_owner].map(holds), [true, false, false, true]);
    }

    #[test]
    fn a_copy_stands_behind_and_is_something_else() {
        let mut tree = SegmentTree::read(&sample());
        let group = tree.inside(tree.root().id)[1];
        let copy = tree.duplicate(group).unwrap();
        assert_eq!(tree.inside(tree.root().id)[2], copy);
        tree.set_any(copy, false);
        let condition = tree.inside(copy)[0];
        tree.remove(condition);
        assert_eq!((tree.inside(group).len(), tree.inside(copy).len()), (2, 1));
    }

    #[test]
    fn neighbours_change_places_and_the_ends_hold() {
        let mut tree = SegmentTree::read(&sample());
        let [first, second] = tree.inside(tree.root().id)[..] else { panic!("two places") };
        tree.shift(first, true);
        assert_eq!(tree.inside(tree.root().id), [second, first]);
        tree.shift(first, true);
        tree.shift(second, false);
        assert_eq!(tree.inside(tree.root().id), [second, first]);
    }

    #[test]
    fn a_group_inside_joins_otherwise_than_the_one_around_it() {
        let mut tree = SegmentTree::read(&SegmentRule::default());
        let group = tree.add_group(tree.root().id, Condition::NoBulk);
        tree.add_group(group, Condition::NoOwner);
        tree.toggle_not(group);
        let inner = SegmentRule::All(vec![is(Condition::NoOwner)]);
        let any = SegmentRule::Any(vec![is(Condition::NoBulk), inner]);
        assert_eq!(tree.rule(), SegmentRule::All(vec![SegmentRule::Not(Box::new(any))]));
    }
}
