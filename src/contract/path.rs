//! Path templates: `/v1/{project_id}/servers/{server_id}`.

use std::fmt;

/// A path with named holes.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PathTemplate(pub Vec<Segment>);

/// What stands between two slashes.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Segment {
    /// Always this text.
    Literal(String),
    /// A parameter.
    Parameter(String),
}

impl PathTemplate {
    /// Reads `/a/{b}`. Anything between slashes is a segment; a query is cut off.
    pub fn parse(text: &str) -> Self {
        let path = text.split_once('?').map_or(text, |(path, _)| path);
        let segments = path.split('/').filter(|segment| !segment.is_empty());
        Self(segments.map(Segment::parse).collect())
    }

    /// The names of the holes, in order.
    pub fn parameters(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter_map(|segment| match segment {
            Segment::Parameter(name) => Some(name.as_str()),
            Segment::Literal(_) => None,
        })
    }

    /// The path without its last segment: where `/kettles/{kettle_id}` stands.
    pub fn collection(&self) -> Self {
        let depth = self.0.len().saturating_sub(1);
        Self(self.0[..depth].to_vec())
    }

    /// The path of one that stands here: `/kettles/{kettle_id}` where `/kettles` is.
    pub fn of_one(&self, name: &str) -> Self {
        let one = Segment::Parameter(name.to_owned());
        Self(self.0.iter().cloned().chain([one]).collect())
    }

    /// Whether both have the same literals at the same places, whatever their holes are called.
    pub fn same_shape(&self, other: &PathTemplate) -> bool {
        self.0.len() == other.0.len()
            && self.0.iter().zip(&other.0).all(|pair| match pair {
                (Segment::Literal(a), Segment::Literal(b)) => a == b,
                (Segment::Parameter(_), Segment::Parameter(_)) => true,
                (Segment::Literal(_), Segment::Parameter(_))
                | (Segment::Parameter(_), Segment::Literal(_)) => false,
            })
    }
}

impl Segment {
    fn parse(text: &str) -> Self {
        match text
            .strip_prefix('{')
            .and_then(|rest| rest.strip_suffix('}'))
        {
            Some(name) => Segment::Parameter(name.to_owned()),
            None => Segment::Literal(text.to_owned()),
        }
    }
}

impl fmt::Display for PathTemplate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() {
            return f.write_str("/");
        }
        for segment in &self.0 {
            match segment {
                Segment::Literal(text) => write!(f, "/{text}")?,
                Segment::Parameter(name) => write!(f, "/{{{name}}}")?,
            }
        }
        Ok(())
    }
}
