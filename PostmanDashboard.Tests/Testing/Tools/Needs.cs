namespace PostmanDashboard.Tests.Testing.Tools;

/// <summary>What a test needs beside the SDK (<see cref="FactNeedingAttribute"/>).</summary>
[Flags]
public enum Needs
{
    None = 0,

    /// <summary>A Chromium.</summary>
    Browser = 1,

    /// <summary>A Python that has aiosmtpd: a second SMTP server.</summary>
    MailServer = 2,

    /// <summary>A Python that has icalendar.</summary>
    CalendarParser = 4,

    /// <summary>Postfix, and the right to start it.</summary>
    Postfix = 8,

    /// <summary>Node.js, and the npm client of Postman.</summary>
    Node = 16,

    Curl = 32,

    /// <summary>What only Linux has, such as /proc.</summary>
    Linux = 64,

    /// <summary>To give files to other users or to mount file systems, which only root on Linux can.</summary>
    Root = 128,

    /// <summary>A Python, whatever it has.</summary>
    Python = 256,
}
