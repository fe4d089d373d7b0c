package import HardenCore

/// Every kind of this build, and the names of those that the format knows besides.
package let catalog = Catalog(
  [
    Sysctl.self, File.self, Directory.self, FileCapability.self, Mount.self, SELinuxContext.self,
    SELinux.self, User.self, Group.self, AuditRule.self, AuditSettings.self, Setting.self,
    KernelModule.self, Link.self, Environment.self, Service.self, HostProbe.self,
  ],
  later: [
    "package", "artifact", "apparmor_profile", "kernel_argument", "firewall",
  ])
