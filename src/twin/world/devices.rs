//! What a server's devices are called.

use super::{Server, World};

impl World {
    /// The next free device of a server. The first one is the system disk's.
    pub(in crate::twin) fn free_device(&self, server: &str, prefix: &str) -> String {
        let used = self
            .servers
            .get(server)
            .map(|server| self.devices_of(server));
        let used: Vec<&str> = used.into_iter().flatten().collect();
        let mut number = u32::from(prefix != "/dev/vd");
        loop {
            let device = format!("{prefix}{}", letters(number));
            if !used.contains(&device.as_str()) {
                return device;
            }
            number += 1;
        }
    }

    /// What the names of a server's devices start with: as those that it has.
    pub(in crate::twin) fn device_prefix(&self, server: &Server) -> &'static str {
        let is_virtual = |device: &str| device.starts_with("/dev/vd");
        if self.devices_of(server).any(is_virtual) {
            "/dev/vd"
        } else {
            "/dev/sd"
        }
    }
}

/// `a` for 0, `z` for 25, `aa` for 26.
fn letters(number: u32) -> String {
    let letter = |n: u32| char::from_u32(u32::from(b'a') + n % 26).unwrap_or('a');
    match number / 26 {
        0 => letter(number).to_string(),
        tens => format!("{}{}", letter(tens - 1), letter(number)),
    }
}

#[cfg(test)]
mod tests {
    use super::letters;

    #[test]
    fn devices_go_on_after_z() {
        assert_eq!([1, 25, 26, 53].map(letters), ["b", "z", "aa", "bb"]);
    }
}
