export async function payment() {}
