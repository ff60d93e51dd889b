namespace DataGen.Mock.Records.Rules;

/// <summary>The commonest field names in German, French, Spanish, Italian and Romanian.</summary>
internal static class Translations
{
    private static readonly Dictionary<string, string> English = new(StringComparer.Ordinal)
    {
        ["vorname"] = "first name", ["prénom"] = "first name", ["nombre"] = "first name", ["nome"] = "first name", ["prenume"] = "first name",
        ["nachname"] = "last name", ["familienname"] = "last name", ["nom"] = "last name", ["apellido"] = "last name", ["apellidos"] = "last name", ["cognome"] = "last name", ["nume"] = "last name",
        ["vollständiger name"] = "full name", ["nom complet"] = "full name", ["nombre completo"] = "full name", ["nome completo"] = "full name", ["nume complet"] = "full name",
        ["alter"] = "age", ["âge"] = "age", ["edad"] = "age", ["età"] = "age", ["vârstă"] = "age",
        ["stadt"] = "city", ["ort"] = "city", ["wohnort"] = "city", ["ville"] = "city", ["ciudad"] = "city", ["città"] = "city", ["oraș"] = "city",
        ["land"] = "country", ["pays"] = "country", ["país"] = "country", ["paese"] = "country", ["țară"] = "country",
        ["adresse"] = "address", ["anschrift"] = "address", ["dirección"] = "address", ["indirizzo"] = "address", ["adresă"] = "address",
        ["straße"] = "street", ["rue"] = "street", ["calle"] = "street", ["postleitzahl"] = "postal code", ["plz"] = "postal code", ["code postal"] = "postal code",
        ["telefon"] = "phone", ["telefonnummer"] = "phone", ["téléphone"] = "phone", ["teléfono"] = "phone", ["telefono"] = "phone",
        ["geburtsdatum"] = "date of birth", ["date de naissance"] = "date of birth", ["fecha de nacimiento"] = "date of birth", ["data di nascita"] = "date of birth",
        ["datum"] = "date", ["fecha"] = "date", ["data"] = "date", ["uhrzeit"] = "time",
        ["preis"] = "price", ["prix"] = "price", ["precio"] = "price", ["prezzo"] = "price", ["preț"] = "price", ["betrag"] = "amount", ["montant"] = "amount",
        ["bewertung"] = "rating", ["sterne"] = "stars", ["beschreibung"] = "description", ["description"] = "description", ["descripción"] = "description", ["descriere"] = "description",
        ["titel"] = "title", ["titre"] = "title", ["título"] = "title", ["titolo"] = "title", ["kommentar"] = "comment", ["kategorie"] = "category", ["catégorie"] = "category",
        ["beruf"] = "occupation", ["firma"] = "company", ["unternehmen"] = "company", ["geschlecht"] = "gender", ["produkt"] = "product", ["menge"] = "quantity", ["anzahl"] = "quantity",
        ["kundennummer"] = "customer id", ["bestellnummer"] = "order id", ["lieblingsgenre"] = "genre", ["treuepunkte"] = "loyalty points", ["währung"] = "currency", ["gehalt"] = "salary",
    };

    public static string? Find(string words) => English.GetValueOrDefault(words);
}
