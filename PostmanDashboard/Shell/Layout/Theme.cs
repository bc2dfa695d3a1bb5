using MudBlazor;

namespace PostmanDashboard.Shell.Layout;

/// <summary>The colours and shapes of MudBlazor's parts. wwwroot/tokens.css has the same colours for everything else.</summary>
/// <remarks>
/// Both are in the page at once and <c>data-theme</c> on the document decides between them, so that the page
/// that the server sends is right before any script of ours has run.
/// </remarks>
internal static class Theme
{
    public static MudTheme Light { get; } = new()
    {
        PseudoCss = new PseudoCss { Scope = ":root" },
        LayoutProperties = Layout(),
        Typography = CreateTypography(),
        PaletteLight = new PaletteLight
        {
            Primary = "#1d4ed8",
            PrimaryContrastText = "#ffffff",
            Error = "#b42318",
            ErrorContrastText = "#ffffff",
            Warning = "#8a4b00",
            WarningContrastText = "#ffffff",
            Success = "#17693c",
            SuccessContrastText = "#ffffff",
            Info = "#1d4ed8",
            Background = "#f5f7fa",
            Surface = "#ffffff",
            TextPrimary = "#1b1f24",
            TextSecondary = "#4b5563",
            ActionDefault = "#4b5563",
            LinesDefault = "#d5dae1",
            LinesInputs = "#6b7280",
            TableLines = "#e3e7ec",
            TextDisabled = "#6b7280",
        },
    };

    public static MudTheme Dark { get; } = new()
    {
        PseudoCss = new PseudoCss { Scope = ":root[data-theme=dark]" },
        LayoutProperties = Layout(),
        Typography = CreateTypography(),
        PaletteDark = new PaletteDark
        {
            Primary = "#8ab4ff",
            PrimaryContrastText = "#0b1526",
            Error = "#ff9b91",
            ErrorContrastText = "#2b0905",
            Warning = "#f5b95c",
            WarningContrastText = "#2a1a00",
            Success = "#7ed6a3",
            SuccessContrastText = "#04240f",
            Info = "#8ab4ff",
            Background = "#11151b",
            Surface = "#1a2029",
            TextPrimary = "#e8ebef",
            TextSecondary = "#b3bcc8",
            ActionDefault = "#b3bcc8",
            LinesDefault = "#38414e",
            LinesInputs = "#8b96a5",
            TableLines = "#2c3440",
            TextDisabled = "#8b96a5",
        },
    };

    private static LayoutProperties Layout() => new() { DefaultBorderRadius = "8px" };

    private static Typography CreateTypography() => new()
    {
        Default = new DefaultTypography { FontFamily = ["system-ui", "-apple-system", "Segoe UI", "Roboto", "Helvetica Neue", "Arial", "sans-serif"] },
        Body1 = new Body1Typography { FontSize = "0.9375rem", LetterSpacing = "0" },
        Body2 = new Body2Typography { FontSize = "0.8125rem", LetterSpacing = "0" },
        Caption = new CaptionTypography { FontSize = "0.8125rem", LetterSpacing = "0" },
        Subtitle1 = new Subtitle1Typography { FontSize = "0.9375rem", LetterSpacing = "0" },
        Subtitle2 = new Subtitle2Typography { FontSize = "0.8125rem", LetterSpacing = "0" },
        H6 = new H6Typography { FontSize = "1.25rem", FontWeight = "650" },
        Button = new ButtonTypography { TextTransform = "none", FontWeight = "600", LetterSpacing = "0", FontSize = "0.9375rem" },
    };
}
