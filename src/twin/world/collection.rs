//! Things of one kind, in the order they came to be.

use std::sync::Arc;

use indexmap::IndexMap;

/// Things by id. A clone shares all of it; a change copies what is shared, and no more.
#[derive(Clone, Debug)]
pub(in crate::twin) struct Collection<T>(Arc<IndexMap<String, Arc<T>>>);

impl<T> Default for Collection<T> {
    fn default() -> Self {
        Self(Arc::default())
    }
}

impl<T: Clone> Collection<T> {
    pub(in crate::twin) fn get(&self, id: &str) -> Option<&T> {
        self.0.get(id).map(Arc::as_ref)
    }

    pub(in crate::twin) fn get_mut(&mut self, id: &str) -> Option<&mut T> {
        // Looking first keeps a miss from copying everything.
        let place = self.0.get_index_of(id)?;
        let (_, thing) = Arc::make_mut(&mut self.0).get_index_mut(place)?;
        Some(Arc::make_mut(thing))
    }

    /// The oldest first.
    pub(in crate::twin) fn values(&self) -> impl DoubleEndedIterator<Item = &T> {
        self.0.values().map(Arc::as_ref)
    }

    pub(in crate::twin) fn insert(&mut self, id: &str, thing: T) {
        Arc::make_mut(&mut self.0).insert(id.to_owned(), Arc::new(thing));
    }

    /// Takes a thing out; the others keep their order.
    pub(in crate::twin) fn remove(&mut self, id: &str) -> bool {
        self.0.contains_key(id) && Arc::make_mut(&mut self.0).shift_remove(id).is_some()
    }

    /// Forgets the oldest things beyond so many.
    pub(in crate::twin) fn keep_last(&mut self, most: usize) {
        let surplus = self.0.len().saturating_sub(most);
        if surplus > 0 {
            Arc::make_mut(&mut self.0).drain(..surplus);
        }
    }

    pub(in crate::twin) fn len(&self) -> usize {
        self.0.len()
    }
}
