namespace DataGen.Mock.Records.Values;

/// <summary>Texts that belong together: the title, the description and the category of one and the same
/// thing.</summary>
/// <param name="Title">Its name or headline.</param>
/// <param name="Text">A sentence or three about it.</param>
/// <param name="Category">What it counts as.</param>
/// <param name="Details">What else belongs to it, such as skills, ingredients or symptoms.</param>
internal sealed record Story(string Title, string Text, string Category, params string[] Details);
